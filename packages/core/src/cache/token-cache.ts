import { systemClock, type Clock } from "../clock.ts";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import { guardedStore } from "./guarded-store.ts";
import { parseDocument, serializeDocument } from "./document-format.ts";
import type { StoredAccount } from "./stored-account.ts";
import {
  accountIn,
  EMPTY_DOCUMENT,
  wasSignedOut,
  withAccount,
  type TokenDocument,
} from "./token-document.ts";
import type { TokenCacheStore, TokenCacheWarning } from "./token-cache-store.ts";

/** What a piece of work on the cache came to: its result, and the account to save, made from what stands there. */
export interface Change<T> {
  readonly result: T;
  readonly save?: {
    readonly key: string;
    account(before: StoredAccount | undefined): StoredAccount;
  };
}

type Save = NonNullable<Change<unknown>["save"]>;

// Faults that a person or developer must mend; with the others the cache goes on in memory.
const FATAL = new Set(["cache_no_encryption", "cache_not_regular", "cache_version"]);

/**
 * The token document over a store, or in memory. A token once acquired is never lost to a fault of the store: it is
 * kept in memory, a warning says so, and the next save takes it along.
 */
export class TokenCache {
  readonly #store: TokenCacheStore | undefined;
  readonly #warn: (error: Error) => void;
  readonly #unsaved = new Map<string, StoredAccount>();
  #document: TokenDocument = EMPTY_DOCUMENT;
  #bytes: Uint8Array | undefined;

  constructor(
    store: TokenCacheStore | undefined,
    warn: (error: Error) => void,
    clock: Clock = systemClock,
    hear?: (warning: TokenCacheWarning) => void,
  ) {
    this.#store = store && guardedStore(store, clock, hear);
    this.#warn = warn;
  }

  /** The present document, with what could not be saved yet. */
  async load(): Promise<TokenDocument> {
    if (!this.#store) return this.#document;
    try {
      await this.#read(this.#store);
    } catch (error) {
      this.#tolerate(error);
    }
    return this.#withUnsaved(this.#document);
  }

  /**
   * Runs `work` on the newest document, alone among all who share the store, and saves what it did.
   * @throws what `work` throws; a fault of the store only if it came before `work` and is not to be lived with.
   */
  async change<T>(work: (document: TokenDocument) => Promise<Change<T>>, signal?: AbortSignal): Promise<T> {
    const store = this.#store;
    if (!store) {
      const change = await work(this.#document);
      if (change.save) this.#document = saved(this.#document, change.save);
      return change.result;
    }
    return new Promise<T>((resolve, reject) => {
      let begun = false;
      const locked = async (): Promise<void> => {
        await this.#read(store);
        begun = true;
        try {
          const change = await work(this.#withUnsaved(this.#document));
          if (change.save) await this.#save(store, change.save);
          resolve(change.result);
        } catch (error) {
          reject(error);
        }
      };
      store
        .withLock(locked, signal ? { signal } : {})
        .catch((error: unknown) => {
          // The work has settled the call: what the store does afterwards cannot take its result away.
          if (begun) return this.#warn(error as Error);
          this.#tolerate(error);
          return this.#inMemory(work).then(resolve);
        })
        .catch(reject);
    });
  }

  /** Removes what `update` removes, from the store and from memory; a store that cannot is an error here. */
  async remove(key: string, update: (document: TokenDocument) => TokenDocument): Promise<void> {
    this.#unsaved.delete(key);
    const store = this.#store;
    if (!store) {
      this.#document = update(this.#document);
      return;
    }
    await store.withLock(async () => {
      await this.#read(store);
      await this.#write(store, update(this.#document));
    });
  }

  async #inMemory<T>(work: (document: TokenDocument) => Promise<Change<T>>): Promise<T> {
    const change = await work(this.#withUnsaved(this.#document));
    if (change.save) this.#keep(change.save);
    return change.result;
  }

  async #read(store: TokenCacheStore): Promise<void> {
    const bytes = await store.read();
    if (bytes === this.#bytes && bytes !== undefined) return;
    this.#bytes = undefined;
    try {
      this.#document =
        bytes === undefined || bytes.length === 0 ? EMPTY_DOCUMENT : parseDocument(bytes, this.#warn);
      this.#bytes = bytes;
    } catch (error) {
      this.#tolerate(error);
      this.#document = EMPTY_DOCUMENT;
    }
  }

  async #save(store: TokenCacheStore, save: Save): Promise<void> {
    try {
      await this.#write(store, saved(this.#withUnsaved(this.#document), save));
      this.#unsaved.clear();
    } catch (error) {
      this.#keep(save);
      this.#warn(error as Error);
    }
  }

  async #write(store: TokenCacheStore, document: TokenDocument): Promise<void> {
    const bytes = serializeDocument(document);
    await store.write(bytes);
    this.#document = document;
    // A store that still has these very bytes at the next read spares their parsing.
    this.#bytes = bytes;
  }

  #keep(save: Save): void {
    this.#unsaved.set(save.key, save.account(accountIn(this.#withUnsaved(this.#document), save.key)));
  }

  #withUnsaved(document: TokenDocument): TokenDocument {
    let result = document;
    for (const account of this.#unsaved.values()) {
      if (!wasSignedOut(document, account)) result = withAccount(result, account);
    }
    return result;
  }

  #tolerate(error: unknown): void {
    if (!isCacheFault(error) || FATAL.has(error.detail ?? "")) throw error;
    this.#warn(error);
  }
}

function isCacheFault(error: unknown): error is Error & { detail?: string } {
  return isAuthenticationError(error) && error.code === "cache";
}

function saved(document: TokenDocument, save: Save): TokenDocument {
  return withAccount(document, save.account(accountIn(document, save.key)));
}
