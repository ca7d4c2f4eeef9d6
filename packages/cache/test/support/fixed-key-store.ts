import { serializeDataKey } from "../../src/sealed/data-key.ts";
import type { KeyStore } from "../../src/keys/key-store.ts";

/** A keyring that holds the same key in all processes. */
export function fixedKeyStore(): KeyStore {
  const secret = serializeDataKey({ id: "0123456789abcdef".repeat(2), bytes: Buffer.alloc(32, 7) });
  return {
    read: () => Promise.resolve(secret),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
}
