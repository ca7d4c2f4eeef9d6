import { cacheError } from "../cache-error.ts";
import type { KeyItem, KeyStore } from "./key-store.ts";

/** The part of @napi-rs/keyring that is used: a credential of the Keychain or of the Credential Manager. */
export interface KeyringBinding {
  readonly AsyncEntry: new (
    service: string,
    account: string,
  ) => {
    getPassword(signal?: AbortSignal): Promise<string | null>;
    setPassword(password: string, signal?: AbortSignal): Promise<void>;
    deletePassword(signal?: AbortSignal): Promise<boolean>;
  };
}

export type LoadKeyring = () => Promise<KeyringBinding>;

/**
 * An item of the macOS Keychain or of the Windows Credential Manager, whose credentials Windows encrypts with DPAPI.
 * The binding is loaded at the first call, and its calls run outside the event loop's thread.
 */
export function keyringKeyStore(item: KeyItem, load: LoadKeyring = loadKeyring): KeyStore {
  type Entry = InstanceType<KeyringBinding["AsyncEntry"]>;
  const on = async <T>(call: (entry: Entry) => Promise<T>): Promise<T> => {
    let entry: Entry;
    try {
      const { AsyncEntry } = await load();
      entry = new AsyncEntry(item.service, item.account);
    } catch (error) {
      throw noBinding(error);
    }
    try {
      return await call(entry);
    } catch (error) {
      throw refused(error);
    }
  };
  return {
    read: (signal) => on(async (entry) => (await entry.getPassword(signal)) ?? undefined),
    write: (secret, signal) => on((entry) => entry.setPassword(secret, signal)),
    remove: (signal) => on(async (entry) => void (await entry.deletePassword(signal))),
  };
}

async function loadKeyring(): Promise<KeyringBinding> {
  return (await import("@napi-rs/keyring")) as KeyringBinding;
}

function noBinding(cause: unknown): Error {
  return cacheError(
    "cache_no_encryption",
    `The binding to the keyring could not be loaded on ${process.platform}-${process.arch}`,
    'Install the optional dependency @napi-rs/keyring for this platform, or pass `key`: a passphrase or a key file. With `protection: "prefer"` the tokens are stored without encryption',
    cause,
  );
}

function refused(cause: unknown): Error {
  return cacheError(
    "cache_unreadable",
    "The keyring is locked or refused access to the key of the token cache",
    "Unlock it, or allow this program to use it, and try again",
    cause,
  );
}
