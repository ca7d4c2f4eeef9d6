import type { KeyItem, KeyStore } from "./key-store.ts";
import { keyringKeyStore } from "./keyring-key-store.ts";
import { secretServiceKeyStore } from "./secret-service/secret-service-key-store.ts";

/** The store for secrets of this platform. */
export function platformKeyStore(item: KeyItem): KeyStore {
  return process.platform === "darwin" || process.platform === "win32"
    ? keyringKeyStore(item)
    : secretServiceKeyStore(item);
}
