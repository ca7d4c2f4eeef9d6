import { systemClock, type Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import { labelOf, parseAccount, parseLabel, serializeAccount, type AccountLabel } from "./account-record.ts";
import { guardedStore } from "./guarded-store.ts";
import {
  parseSignOuts,
  serializeSignOuts,
  SIGN_OUTS,
  withSignOut,
  type SignedOut,
} from "./sign-out-record.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore, TokenCacheWarning } from "./token-cache-store.ts";

/** What a piece of work on an account came to: its result, and the account to save, made from what stands there. */
export interface Change<T> {
  readonly result: T;
  readonly save?: (before: StoredAccount | undefined) => StoredAccount;
}

type Warn = (error: Error) => void;

// Faults that a person or developer must mend; with the others the cache goes on in memory.
const FATAL = new Set(["cache_no_encryption", "cache_not_regular", "cache_version"]);

/**
 * The accounts over a store, or in memory: each by itself, under its `accountKey`. A token once acquired is never lost
 * to a fault of the store: it is kept in memory, a warning says so, and the next save takes it along.
 */
export class TokenCache {
  readonly #given: TokenCacheStore | undefined;
  readonly #store: TokenCacheStore | undefined;
  readonly #warn: Warn;
  /** What could not be saved; without a store, all there is. */
  readonly #unsaved = new Map<string, StoredAccount>();
  /** What was read or written last: served where the store cannot be read, and parsed once. */
  readonly #known = new Map<string, { readonly bytes: Uint8Array; readonly account: StoredAccount }>();

  constructor(
    store: TokenCacheStore | undefined,
    warn: Warn,
    clock: Clock = systemClock,
    hear?: (warning: TokenCacheWarning) => void,
  ) {
    this.#given = store;
    this.#store = store && guardedStore(store, clock, hear);
    this.#warn = warn;
  }

  /** One account, whether it could be saved yet or not. Nothing of the others is read. */
  async account(key: string): Promise<StoredAccount | undefined> {
    if (!this.#store) return this.#unsaved.get(key);
    let saved: StoredAccount | undefined;
    try {
      saved = await this.#read(this.#store, key);
    } catch (error) {
      this.#tolerate(error, this.#unsaved.has(key));
      saved = this.#known.get(key)?.account;
    }
    return (await this.#unsavedOf(key)) ?? saved;
  }

  /** Who is there, of the accounts whose keys begin like this. No account is opened for it. */
  async list(keyStart: string): Promise<readonly AccountLabel[]> {
    const found = new Map<string, AccountLabel>();
    if (this.#store) {
      try {
        await this.#listSaved(this.#store, keyStart, found);
      } catch (error) {
        this.#tolerate(error, this.#unsaved.size > 0);
        for (const [key, { account }] of this.#known) if (key.startsWith(keyStart)) found.set(key, account);
      }
    }
    for (const key of this.#unsaved.keys()) {
      const account = key.startsWith(keyStart) ? await this.#unsavedOf(key) : undefined;
      if (account) found.set(key, account);
    }
    return [...found.values()];
  }

  /**
   * Looks whether an account could be kept. None is opened for it.
   * @throws AuthenticationError `cache` for what somebody must mend first.
   */
  async check(): Promise<void> {
    try {
      await this.#store?.read(SIGN_OUTS);
    } catch (error) {
      this.#tolerate(error, this.#unsaved.size > 0);
    }
  }

  /**
   * Runs `work` on the newest state of one account, alone among all who share the store, and saves what it did.
   * @param isSignIn - whether a person has just signed in: then no fault of the store is an error
   * @throws what `work` throws; a fault of the store only if it came before `work` and is not to be lived with.
   */
  async change<T>(
    key: string,
    work: (present: StoredAccount | undefined) => Promise<Change<T>>,
    signal?: AbortSignal,
    isSignIn = false,
  ): Promise<T> {
    const store = this.#store;
    if (!store) return this.#inMemory(key, work);
    let isSaved = false;
    const result = await new Promise<T>((resolve, reject) => {
      let begun = false;
      const locked = async (): Promise<void> => {
        const present = await this.#read(store, key);
        begun = true;
        try {
          const change = await work((await this.#unsavedOf(key)) ?? present);
          if (change.save) isSaved = await this.#save(store, key, change.save, present);
          resolve(change.result);
        } catch (error) {
          reject(error);
        }
      };
      store
        .withLock(key, locked, signal ? { signal } : {})
        .catch(async (error: unknown) => {
          // The work has settled the call: what the store does afterwards cannot take its result away.
          if (begun) return this.#warn(error as Error);
          this.#tolerate(error, isSignIn || this.#unsaved.has(key));
          // Those who held the lock for so long have probably saved what is wanted here. Its fault has been told.
          if (isLocked(error)) await this.#read(store, key).catch(() => {});
          return this.#inMemory(key, work).then(resolve);
        })
        .catch(reject);
    });
    if (isSaved) await this.#saveUnsaved(store);
    return result;
  }

  /** Whether others may sign in to it. */
  get isShared(): boolean {
    return this.#store !== undefined;
  }

  /**
   * A text that changes with each sign-in of the accounts whose keys begin like this, and may change otherwise. It is
   * looked at again and again: of faults nobody is told.
   */
  async signIns(keyStart: string): Promise<string> {
    try {
      if (this.#store?.revision) return await this.#store.revision();
      const entries = (await this.#store?.list()) ?? [];
      const ours = entries.filter(({ key }) => key.startsWith(keyStart));
      // What stands in a label changes with the sign-in, and with no renewal.
      return ours
        .map(({ key, label = "" }) => `${key} ${label}`)
        .sort()
        .join("\n");
    } catch {
      return "";
    }
  }

  /** Runs `work`, which asks the person, while no other process asks for the same; at once where the store has no way. */
  async alone<T>(
    key: string,
    work: () => Promise<T>,
    options: { readonly signal: AbortSignal; readonly onHeld: () => void },
  ): Promise<T> {
    const store = this.#given;
    if (!store?.withPromptLock) return work();
    let asked: Promise<T> | undefined;
    try {
      await store.withPromptLock(key, () => (asked ??= work()), options);
    } catch (error) {
      throwIfAborted(options.signal);
      // No lock is no reason not to sign in; and what the work came to comes from the work.
      if (!asked) this.#warn(error as Error);
    }
    return asked ?? work();
  }

  /** Signs one account out, in the store and in memory; a store that cannot is an error here. */
  async remove(key: string): Promise<void> {
    this.#unsaved.delete(key);
    const store = this.#store;
    if (!store) return;
    const before = await this.#read(store, key);
    // First, so that no other process brings it back in between.
    if (before) await this.#noteSignOut(store, key, before.signedInAt);
    const last = await store.withLock(key, async () => {
      const present = await this.#read(store, key);
      await store.remove(key);
      this.#known.delete(key);
      return present;
    });
    if (last && last.signedInAt !== before?.signedInAt) await this.#noteSignOut(store, key, last.signedInAt);
  }

  async #inMemory<T>(
    key: string,
    work: (present: StoredAccount | undefined) => Promise<Change<T>>,
  ): Promise<T> {
    const present = (await this.#unsavedOf(key)) ?? this.#known.get(key)?.account;
    const { result, save } = await work(present);
    if (save) this.#unsaved.set(key, save(this.#unsaved.get(key) ?? present));
    return result;
  }

  /** What the store has; nothing where it is damaged, which is told. */
  async #read(store: TokenCacheStore, key: string): Promise<StoredAccount | undefined> {
    try {
      const bytes = await store.read(key);
      const known = this.#known.get(key);
      if (bytes !== undefined && known?.bytes === bytes) return known.account;
      this.#known.delete(key);
      if (bytes === undefined) return undefined;
      const account = parseAccount(bytes);
      this.#known.set(key, { bytes, account });
      return account;
    } catch (error) {
      if (!isCacheFault(error) || error.detail !== "cache_corrupt") throw error;
      this.#known.delete(key);
      this.#warn(error);
      return undefined;
    }
  }

  async #listSaved(
    store: TokenCacheStore,
    keyStart: string,
    found: Map<string, AccountLabel>,
  ): Promise<void> {
    let entries: Awaited<ReturnType<TokenCacheStore["list"]>>;
    try {
      entries = await store.list();
    } catch (error) {
      if (!isCacheFault(error) || error.detail !== "cache_corrupt") throw error;
      return this.#warn(error);
    }
    for (const { key, label } of entries) {
      if (!key.startsWith(keyStart)) continue;
      const account = parseLabel(label) ?? (await this.#read(store, key));
      if (account) found.set(key, account);
    }
  }

  /** Whether it was saved; if not, it is kept in memory. */
  async #save(
    store: TokenCacheStore,
    key: string,
    save: (before: StoredAccount | undefined) => StoredAccount,
    present: StoredAccount | undefined,
  ): Promise<boolean> {
    const account = save((await this.#unsavedOf(key)) ?? present);
    try {
      await this.#write(store, key, account);
      return true;
    } catch (error) {
      this.#unsaved.set(key, account);
      this.#warn(error as Error);
      return false;
    }
  }

  async #write(store: TokenCacheStore, key: string, account: StoredAccount): Promise<void> {
    const bytes = serializeAccount(account);
    await store.write(key, bytes, labelOf(account));
    this.#known.set(key, { bytes, account });
    this.#unsaved.delete(key);
  }

  /** The store has just saved something: it may take what it refused before. Each under its own lock, one by one. */
  async #saveUnsaved(store: TokenCacheStore): Promise<void> {
    for (const key of this.#unsaved.keys()) {
      try {
        await store.withLock(key, async () => {
          await this.#read(store, key);
          const account = await this.#unsavedOf(key);
          if (account) await this.#write(store, key, account);
        });
      } catch (error) {
        this.#warn(error as Error);
      }
    }
  }

  /** What could not be saved of an account, unless that sign-in was signed out meanwhile. */
  async #unsavedOf(key: string): Promise<StoredAccount | undefined> {
    const account = this.#unsaved.get(key);
    if (!account || !this.#store) return account;
    try {
      const last = (await this.#signOuts(this.#store))[key];
      if (last === undefined || account.signedInAt > last) return account;
      this.#unsaved.delete(key);
      return undefined;
    } catch (error) {
      this.#tolerate(error, true);
      return account;
    }
  }

  async #signOuts(store: TokenCacheStore): Promise<SignedOut> {
    try {
      return parseSignOuts(await store.read(SIGN_OUTS));
    } catch (error) {
      if (!isCacheFault(error) || error.detail !== "cache_corrupt") throw error;
      this.#warn(error);
      return parseSignOuts(undefined);
    }
  }

  #noteSignOut(store: TokenCacheStore, key: string, signedInAt: number): Promise<void> {
    return store.withLock(SIGN_OUTS, async () => {
      const signedOut = withSignOut(await this.#signOuts(store), key, signedInAt);
      await store.write(SIGN_OUTS, serializeSignOuts(signedOut));
    });
  }

  /** @param hasSignIn whether somebody's sign-in would be lost with the error: then it is told, whatever it is */
  #tolerate(error: unknown, hasSignIn = false): void {
    if (!isCacheFault(error) || (FATAL.has(error.detail ?? "") && !hasSignIn)) throw error;
    this.#warn(error);
  }
}

function isLocked(error: unknown): boolean {
  return isCacheFault(error) && error.detail === "cache_locked";
}

function isCacheFault(error: unknown): error is Error & { detail?: string } {
  return isAuthenticationError(error) && error.code === "cache";
}
