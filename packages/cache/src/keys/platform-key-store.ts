import type { KeyItem, KeyStore } from "./key-store.ts";
import { keyringKeyStore } from "./keyring-key-store.ts";

/** The store for secrets of this platform. */
export function platformKeyStore(item: KeyItem): KeyStore {
  return keyringKeyStore(item);
}
