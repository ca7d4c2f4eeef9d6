import { cacheError, isCacheError } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import type { KeptKeys } from "../sealed/content-keys.ts";
import type { SealHeader } from "../sealed/sealed-format.ts";
import { parseDataKey, type DataKey } from "../sealed/data-key.ts";
import type { KeyStore } from "./key-store.ts";

/** "require": no keyring, no cache. "prefer": without a keyring the file is not encrypted, and a warning says so. */
export type Protection = "require" | "prefer";

/** Keys that are kept in the platform's store for secrets. */
export class DataKeys implements KeptKeys {
  readonly #openStore: () => KeyStore;
  readonly #protection: Protection;
  readonly #warn: WarningListener;
  #openedStore: KeyStore | undefined;
  #known: DataKey | undefined;

  /** `openStore` is called at the first need of a key. */
  constructor(openStore: () => KeyStore, protection: Protection, warn: WarningListener) {
    this.#openStore = openStore;
    this.#protection = protection;
    this.#warn = warn;
  }

  async toOpen(present: SealHeader | undefined): Promise<DataKey | undefined> {
    if (present?.keyId !== undefined) return this.#named(present.keyId);
    if (this.#protection === "require") {
      this.#known ??= await this.#stored();
      if (present) this.#warnPlain("was not encrypted; its next save will be");
    }
    return undefined;
  }

  async toSeal(present: SealHeader | undefined): Promise<DataKey | undefined> {
    if (present?.keyId !== undefined) return this.#named(present.keyId);
    // Where no content names a key, another process may have replaced or removed the one that is known here.
    this.#known = undefined;
    try {
      this.#known = (await this.#stored()) ?? (await this.#created());
    } catch (error) {
      if (this.#protection === "require" || !isCacheError(error, "cache_no_encryption")) throw error;
      this.#warnPlain("is not encrypted, because this system has no keyring; only its file mode protects it");
    }
    return this.#known;
  }

  async isKept(): Promise<boolean> {
    try {
      return (await this.#store.read()) !== undefined;
    } catch (error) {
      if (!isCacheError(error)) throw error;
      return false;
    }
  }

  async destroy(): Promise<void> {
    this.#known = undefined;
    try {
      await this.#store.remove();
    } catch (error) {
      // What it sealed is gone already; a key that nobody can remove now opens nothing.
      if (!isCacheError(error)) throw error;
    }
  }

  async #named(id: string): Promise<DataKey> {
    if (this.#known?.id !== id) this.#known = await this.#storedFor(id);
    return this.#known;
  }

  async #storedFor(id: string): Promise<DataKey> {
    let key: DataKey | undefined;
    try {
      key = await this.#stored();
    } catch (error) {
      if (this.#protection === "require" || !isCacheError(error, "cache_no_encryption")) throw error;
      throw cacheError(
        "cache_unreadable",
        "The token cache is encrypted, and this session has no keyring to open it",
        "Start the session's keyring, give the same `key` as before, or use another cache name",
        error,
      );
    }
    if (key?.id === id) return key;
    throw cacheError(
      "cache_unreadable",
      key
        ? "The token cache was encrypted with another key than the one that is kept for it"
        : "The key of the token cache is no longer where it is kept",
      "If `key` was set or taken away since, undo that; else, as where the keyring was reset, clear the cache and sign in again",
    );
  }

  async #stored(): Promise<DataKey | undefined> {
    const text = await this.#store.read();
    if (text === undefined) return undefined;
    const key = parseDataKey(text);
    if (key) return key;
    throw cacheError(
      "cache_unreadable",
      "What is kept as the key of the token cache was not written by this version of Entrada",
      "Clear the cache, or use another cache name",
    );
  }

  async #created(): Promise<DataKey> {
    const { createDataKey } = await import("./create-data-key.ts");
    return createDataKey(this.#store);
  }

  get #store(): KeyStore {
    return (this.#openedStore ??= this.#openStore());
  }

  #warnPlain(what: string): void {
    this.#warn({ code: "cache_plain", message: `The token cache ${what}.` });
  }
}
