import { cacheError, isCacheError } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import type { FileHeader } from "../file/sealed-file.ts";
import { newDataKey, parseDataKey, serializeDataKey, type DataKey } from "./data-key.ts";
import type { KeyStore } from "./key-store.ts";

/** "require": no keyring, no cache. "prefer": without a keyring the file is not encrypted, and a warning says so. */
export type Protection = "require" | "prefer";

/** The keys of one cache file: which opens it, and which seals the next. */
export class DataKeys {
  readonly #store: KeyStore;
  readonly #protection: Protection;
  readonly #warn: WarningListener;
  #known: DataKey | undefined;

  constructor(store: KeyStore, protection: Protection, warn: WarningListener) {
    this.#store = store;
    this.#protection = protection;
    this.#warn = warn;
  }

  /**
   * The key that opens this file; `undefined` for one that is not encrypted. Without a file: makes sure, before
   * anybody signs in for nothing, that there is a keyring if one is required.
   * @throws AuthenticationError `cache`: `cache_no_encryption`, `cache_unreadable`.
   */
  async toOpen(file: FileHeader | undefined): Promise<DataKey | undefined> {
    if (file?.keyId !== undefined) return this.#named(file.keyId);
    if (this.#protection === "require") {
      this.#known ??= await this.#stored();
      if (file) this.#warnPlain("was not encrypted; its next save will be");
    }
    return undefined;
  }

  /** The key for the next save over this file, or `undefined` to save without encryption. */
  async toSeal(file: FileHeader | undefined): Promise<DataKey | undefined> {
    if (file?.keyId !== undefined) return this.#named(file.keyId);
    // Where no file names a key, another process may have replaced or removed the one that is known here.
    this.#known = undefined;
    try {
      this.#known = (await this.#stored()) ?? (await this.#created());
    } catch (error) {
      if (this.#protection === "require" || !isCacheError(error, "cache_no_encryption")) throw error;
      this.#warnPlain("is not encrypted, because this system has no keyring; only its file mode protects it");
    }
    return this.#known;
  }

  /** Removes the key: what it sealed can never be opened again. */
  async destroy(): Promise<void> {
    this.#known = undefined;
    try {
      await this.#store.remove();
    } catch (error) {
      // Where there is no keyring there is no key in it.
      if (!isCacheError(error, "cache_no_encryption")) throw error;
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
        "Start the session's keyring, or use another cache name",
        error,
      );
    }
    if (key?.id === id) return key;
    throw cacheError(
      "cache_unreadable",
      key
        ? "The token cache was encrypted with another key than the one in this keyring"
        : "The key of the token cache is no longer in the keyring",
      "If the file came from another machine or the keyring was reset, clear the cache and sign in again",
    );
  }

  async #stored(): Promise<DataKey | undefined> {
    const text = await this.#store.read();
    if (text === undefined) return undefined;
    const key = parseDataKey(text);
    if (key) return key;
    throw cacheError(
      "cache_unreadable",
      "The keyring's item for the token cache was not written by this version of Entrada",
      "Clear the cache, or use another cache name",
    );
  }

  async #created(): Promise<DataKey> {
    const key = newDataKey();
    const text = serializeDataKey(key);
    await this.#store.write(text);
    // Some stores accept what they then do not keep; a file sealed with a lost key would be lost with it.
    if ((await this.#store.read()) === text) return key;
    throw cacheError(
      "cache_unreadable",
      "The keyring did not keep the key of the token cache",
      'Check that the keyring works, or set protection to "prefer"',
    );
  }

  #warnPlain(what: string): void {
    this.#warn({ code: "cache_plain", message: `The token cache ${what}.` });
  }
}
