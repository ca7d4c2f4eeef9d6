import { labelOf, type AccountLabel } from "./account-label.ts";
import { serializeAccount } from "./account-record.ts";
import { isCacheFault, tolerate, type TellFault } from "./cache-fault.ts";
import type { SavedAccounts } from "./saved-accounts.ts";
import { SignOuts } from "./sign-outs.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";
import { UnsavedAccounts } from "./unsaved-accounts.ts";

/** What a piece of work on an account came to: its result, and the account to save, made from what stands there. */
export interface Change<T> {
  readonly result: T;
  readonly save?: (before: StoredAccount | undefined) => StoredAccount;
}

/** A store that answers in time, and what it has. */
export interface Saving {
  readonly store: TokenCacheStore;
  readonly saved: SavedAccounts;
}

type SavingWithSignOuts = Saving & { readonly signOuts: SignOuts };

/**
 * What this process does to the accounts: it changes them, each alone among all who share the store, and signs them
 * out. In a part of its own: who is served from the store needs nothing of it.
 */
export class AccountChanges {
  /** What could not be saved yet; without a store, all there are. */
  readonly unsaved: UnsavedAccounts;
  readonly #saving: SavingWithSignOuts | undefined;
  readonly #outright: SavingWithSignOuts | undefined;
  readonly #warn: TellFault;

  /** @param outright - what `saving` is, asked even while it rests: see `RestingStore` */
  constructor(saving: Saving | undefined, outright: Saving | undefined, warn: TellFault) {
    const withSignOuts = (one: Saving): SavingWithSignOuts => ({
      ...one,
      signOuts: new SignOuts(one.store, warn),
    });
    this.#saving = saving && withSignOuts(saving);
    this.#outright = outright && withSignOuts(outright);
    this.unsaved = new UnsavedAccounts(this.#saving?.signOuts, warn);
    this.#warn = warn;
  }

  /** See `TokenCache.check`. */
  async check(): Promise<void> {
    try {
      await this.#saving?.signOuts.check();
    } catch (error) {
      tolerate(error, this.#warn, !this.unsaved.isEmpty);
    }
  }

  /** See `TokenCache.change`. */
  async change<T>(
    key: string,
    work: (present: StoredAccount | undefined) => Promise<Change<T>>,
    signal: AbortSignal | undefined,
    isSignIn: boolean,
  ): Promise<T> {
    const saving = this.#saving;
    if (!saving) return this.#inMemory(key, work);
    let isSaved = false;
    const result = await new Promise<T>((resolve, reject) => {
      let begun = false;
      const locked = async (): Promise<void> => {
        const present = await saving.saved.account(key, this.#warn);
        begun = true;
        try {
          const change = await work((await this.unsaved.get(key)) ?? present);
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
          tolerate(error, this.#warn, isSignIn || this.unsaved.has(key));
          // Those who held the lock for so long have probably saved what is wanted here. Its fault has been told.
          if (isCacheFault(error, "cache_locked"))
            await saving.saved.account(key, this.#warn).catch(() => {});
          return this.#inMemory(key, work).then(resolve);
        })
        .catch(reject);
    });
    if (isSaved) await this.#saveUnsaved(saving);
    return result;
  }

  /** See `TokenCache.listToSignOut`. */
  async listToSignOut(keyStart: string): Promise<readonly AccountLabel[]> {
    const unsaved = await this.unsaved.list(keyStart);
    const saved = (await this.#outright?.saved.list(keyStart, unsaved, this.#warn)) ?? [];
    return [...saved, ...unsaved.values()];
  }

  /** See `TokenCache.remove`. */
  async remove(key: string): Promise<void> {
    this.unsaved.delete(key);
    if (!this.#outright) return;
    const { store, saved, signOuts } = this.#outright;
    const before = await saved.account(key, this.#warn);
    // First, so that no other process brings it back in between.
    if (before) await signOuts.add(key, before.signedInAt);
    const last = await store.withLock(key, async () => {
      const present = await saved.account(key, this.#warn);
      await store.remove(key);
      saved.forget(key);
      return present;
    });
    if (last && last.signedInAt !== before?.signedInAt) await signOuts.add(key, last.signedInAt);
  }

  async #inMemory<T>(
    key: string,
    work: (present: StoredAccount | undefined) => Promise<Change<T>>,
  ): Promise<T> {
    const present = (await this.unsaved.get(key)) ?? this.#saving?.saved.known(key);
    const { result, save } = await work(present);
    if (save) this.unsaved.set(key, save(this.unsaved.current(key) ?? present));
    return result;
  }

  /** Whether it was saved; if not, it is kept in memory. */
  async #save(
    saving: Saving,
    key: string,
    save: (before: StoredAccount | undefined) => StoredAccount,
    present: StoredAccount | undefined,
  ): Promise<boolean> {
    const account = save((await this.unsaved.get(key)) ?? present);
    try {
      await this.#write(saving, key, account);
      return true;
    } catch (error) {
      // What was removed with all others while it was renewed does not come back; a new sign-in does.
      const isCleared = present && isCacheFault(error, "cache_locked") && (await isGone(saving.store, key));
      if (isCleared) this.unsaved.delete(key);
      else this.unsaved.set(key, account);
      this.#warn(error as Error);
      return false;
    }
  }

  /** The store has just saved something: it may take what it refused before. Each under its own lock, one by one. */
  async #saveUnsaved(saving: Saving): Promise<void> {
    for (const key of this.unsaved.keys()) {
      try {
        await saving.store.withLock(key, async () => {
          await saving.saved.account(key, this.#warn);
          const account = await this.unsaved.get(key);
          if (account) await this.#write(saving, key, account);
        });
      } catch (error) {
        this.#warn(error as Error);
      }
    }
  }

  /** Inside the lock of the key. */
  async #write({ store, saved }: Saving, key: string, account: StoredAccount): Promise<void> {
    const bytes = serializeAccount(account);
    await store.write(key, bytes, labelOf(key, account));
    saved.keep(key, bytes, account);
    this.unsaved.delete(key);
  }
}

async function isGone(store: TokenCacheStore, key: string): Promise<boolean> {
  try {
    return (await store.read(key)) === undefined;
  } catch {
    return false; // as far as anybody knows
  }
}
