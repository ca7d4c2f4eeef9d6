import type { KeyStore } from "@entrada/cache";

/** What a keyring would keep: the id of the cache's key, and the key. */
export const KEY: { readonly id: Buffer; readonly bytes: Buffer };
export function fixedKeyStore(): KeyStore;
