import { serializeDataKey, type DataKey } from "../../src/sealed/data-key.ts";
import type { KeyStore } from "../../src/keys/key-store.ts";

export const FIXED_KEY: DataKey = { id: "0123456789abcdef".repeat(2), bytes: Buffer.alloc(32, 7) };

/** A keyring that holds the same key in all processes. */
export function fixedKeyStore(): KeyStore {
  const secret = serializeDataKey(FIXED_KEY);
  return {
    read: () => Promise.resolve(secret),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
}
