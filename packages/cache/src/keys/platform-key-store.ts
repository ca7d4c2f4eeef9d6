import type { KeyItem, KeyStore } from "./key-store.ts";

/** The store for secrets of this platform; nothing of it is loaded before the first call. */
export function platformKeyStore(item: KeyItem): KeyStore {
  let opening: Promise<KeyStore> | undefined;
  const opened = (): Promise<KeyStore> => (opening ??= open(item));
  return {
    read: async (signal) => (await opened()).read(signal),
    write: async (secret, signal) => (await opened()).write(secret, signal),
    remove: async (signal) => (await opened()).remove(signal),
  };
}

async function open(item: KeyItem): Promise<KeyStore> {
  if (process.platform === "darwin" || process.platform === "win32") {
    const { keyringKeyStore } = await import("./keyring-key-store.ts");
    return keyringKeyStore(item);
  }
  const { secretServiceKeyStore } = await import("./secret-service/secret-service-key-store.ts");
  return secretServiceKeyStore(item);
}
