// A cache that the environment describes: of which name, in which folder, and what protects it.
import { persistentTokenCache } from "@entrada/cache";

/** @param name of the cache; @param options beside these */
export function openCache(name, options) {
  return persistentTokenCache({
    name,
    directory: process.env.CACHES,
    // Without one the keyring of the session keeps the key.
    ...(process.env.KEY_FILE && { key: { file: process.env.KEY_FILE } }),
    onWarning({ message }) {
      throw new Error(message);
    },
    ...options,
  });
}
