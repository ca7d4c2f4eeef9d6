import { createRequire } from "node:module";
import { cacheError } from "../cache-error.ts";
import type { KeyItem, KeyStore } from "./key-store.ts";
import { withoutKeyring } from "./no-keyring.ts";

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

/**
 * The binding for this system. Of the dozen systems that @napi-rs/keyring is compiled for the package depends on those
 * alone that have a Keychain or a Credential Manager: elsewhere 3 MB would be installed and never loaded.
 */
async function loadKeyring(): Promise<KeyringBinding> {
  const name = bindingFor(process.platform, process.arch);
  try {
    return createRequire(import.meta.url)(name) as KeyringBinding;
  } catch {
    // A bundle lies elsewhere than its packages: its program has the whole of it beside itself.
  }
  // A packer leaves alone what it does not find, where that is tried.
  try {
    return (await import("@napi-rs/keyring")) as KeyringBinding;
  } catch (cause) {
    throw new Error(`There is neither ${name} nor @napi-rs/keyring`, { cause });
  }
}

/** The package with the binding for a system. */
export function bindingFor(platform: string, arch: string): string {
  return `@napi-rs/keyring-${platform}-${arch}${platform === "win32" ? "-msvc" : ""}`;
}

function noBinding(cause: unknown): Error {
  return cacheError(
    "cache_no_encryption",
    `The binding to the keyring could not be loaded on ${process.platform}-${process.arch}`,
    withoutKeyring("Install @napi-rs/keyring beside the program"),
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
