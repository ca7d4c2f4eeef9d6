import { systemClock, type Clock } from "../clock.ts";
import type { AccountLabel } from "./account-label.ts";
import { isCacheFault, tolerate, type TellFault } from "./cache-fault.ts";
import { guardedStore } from "./guarded-store.ts";
import { SavedAccounts } from "./saved-accounts.ts";
import { SharedStore } from "./shared-store.ts";
import { SignOuts } from "./sign-outs.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore, TokenCacheWarning } from "./token-cache-store.ts";
import { UnsavedAccounts } from "./unsaved-accounts.ts";

/** What a piece of work on an account came to: its result, and the account to save, made from what stands there. */
export interface Change<T> {
  readonly result: T;
  readonly save?: (before: StoredAccount | undefined) => StoredAccount;
}

/** The store, and what it has. */
interface Saving {
  readonly store: TokenCacheStore;
  readonly saved: SavedAccounts;
  readonly signOuts: SignOuts;
}

/**
 * The accounts over a store, or in memory: each by itself, under its `accountKey`. A token once acquired is never lost
 * to a fault of the store: it is kept in memory, a warning says so, and the next save takes it along.
 */
export class TokenCache {
  /** `undefined` in memory, where nobody else signs in. */
  readonly shared: SharedStore | undefined;
  readonly #saving: Saving | undefined;
  readonly #unsaved: UnsavedAccounts;
  readonly #warn: TellFault;

  constructor(
    given: TokenCacheStore | undefined,
    warn: TellFault,
    clock: Clock = systemClock,
    hear?: (warning: TokenCacheWarning) => void,
  ) {
    if (given) {
      const store = guardedStore(given, clock, hear);
      this.#saving = { store, saved: new SavedAccounts(store, warn), signOuts: new SignOuts(store, warn) };
      this.shared = new SharedStore(given, store, warn);
    }
    this.#unsaved = new UnsavedAccounts(this.#saving?.signOuts, warn);
    this.#warn = warn;
  }

  /** One account, whether it could be saved yet or not. Nothing of the others is read. */
  async account(key: string): Promise<StoredAccount | undefined> {
    const saved = await this.#saved(key);
    return (await this.#unsaved.get(key)) ?? saved;
  }

  /** Who is there, of the accounts whose keys begin like this. No account is opened for it. */
  async list(keyStart: string): Promise<readonly AccountLabel[]> {
    const unsaved = await this.#unsaved.list(keyStart);
    return [...(await this.#listSaved(keyStart, unsaved)), ...unsaved.values()];
  }

  /**
   * Looks whether an account could be kept. None is opened for it.
   * @throws AuthenticationError `cache` for what somebody must mend first.
   */
  async check(): Promise<void> {
    try {
      await this.#saving?.signOuts.check();
    } catch (error) {
      tolerate(error, this.#warn, !this.#unsaved.isEmpty);
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
    const saving = this.#saving;
    if (!saving) return this.#inMemory(key, work);
    let isSaved = false;
    const result = await new Promise<T>((resolve, reject) => {
      let begun = false;
      const locked = async (): Promise<void> => {
        const present = await saving.saved.read(key);
        begun = true;
        try {
          const change = await work((await this.#unsaved.get(key)) ?? present);
          if (change.save) isSaved = await this.#save(saving, key, change.save, present);
          resolve(change.result);
        } catch (error) {
          reject(error);
        }
      };
      saving.store
        .withLock(key, locked, signal ? { signal } : {})
        .catch(async (error: unknown) => {
          // The work has settled the call: what the store does afterwards cannot take its result away.
          if (begun) return this.#warn(error as Error);
          tolerate(error, this.#warn, isSignIn || this.#unsaved.has(key));
          // Those who held the lock for so long have probably saved what is wanted here. Its fault has been told.
          if (isCacheFault(error, "cache_locked")) await saving.saved.read(key).catch(() => {});
          return this.#inMemory(key, work).then(resolve);
        })
        .catch(reject);
    });
    if (isSaved) await this.#saveUnsaved(saving);
    return result;
  }

  /** Signs one account out, in the store and in memory; a store that cannot is an error here. */
  async remove(key: string): Promise<void> {
    this.#unsaved.delete(key);
    if (!this.#saving) return;
    const { store, saved, signOuts } = this.#saving;
    const before = await saved.read(key);
    // First, so that no other process brings it back in between.
    if (before) await signOuts.add(key, before.signedInAt);
    const last = await store.withLock(key, async () => {
      const present = await saved.read(key);
      await saved.remove(key);
      return present;
    });
    if (last && last.signedInAt !== before?.signedInAt) await signOuts.add(key, last.signedInAt);
  }

  async #saved(key: string): Promise<StoredAccount | undefined> {
    try {
      return await this.#saving?.saved.read(key);
    } catch (error) {
      tolerate(error, this.#warn, this.#unsaved.has(key));
      return this.#saving?.saved.known(key);
    }
  }

  async #listSaved(
    keyStart: string,
    except: ReadonlyMap<string, AccountLabel>,
  ): Promise<readonly AccountLabel[]> {
    if (!this.#saving) return [];
    const { saved } = this.#saving;
    try {
      return await saved.list(keyStart, except);
    } catch (error) {
      tolerate(error, this.#warn, !this.#unsaved.isEmpty);
      return saved.listKnown(keyStart, except);
    }
  }

  async #inMemory<T>(
    key: string,
    work: (present: StoredAccount | undefined) => Promise<Change<T>>,
  ): Promise<T> {
    const present = (await this.#unsaved.get(key)) ?? this.#saving?.saved.known(key);
    const { result, save } = await work(present);
    if (save) this.#unsaved.set(key, save(this.#unsaved.current(key) ?? present));
    return result;
  }

  /** Whether it was saved; if not, it is kept in memory. */
  async #save(
    { saved }: Saving,
    key: string,
    save: (before: StoredAccount | undefined) => StoredAccount,
    present: StoredAccount | undefined,
  ): Promise<boolean> {
    const account = save((await this.#unsaved.get(key)) ?? present);
    try {
      await saved.write(key, account);
      this.#unsaved.delete(key);
      return true;
    } catch (error) {
      this.#unsaved.set(key, account);
      this.#warn(error as Error);
      return false;
    }
  }

  /** The store has just saved something: it may take what it refused before. Each under its own lock, one by one. */
  async #saveUnsaved({ store, saved }: Saving): Promise<void> {
    for (const key of this.#unsaved.keys()) {
      try {
        await store.withLock(key, async () => {
          await saved.read(key);
          const account = await this.#unsaved.get(key);
          if (!account) return;
          await saved.write(key, account);
          this.#unsaved.delete(key);
        });
      } catch (error) {
        this.#warn(error as Error);
      }
    }
  }
}
