import { systemClock, type Clock } from "../clock.ts";
import { LoadOnce } from "../load-once.ts";
import type { AccountChanges, Change, Saving } from "./account-changes.ts";
import type { AccountLabel } from "./account-label.ts";
import type { KnownAccounts } from "./accounts-of-store.ts";
import { tolerate, type TellFault } from "./cache-fault.ts";
import { guardedStore } from "./guarded-store.ts";
import { SavedAccounts } from "./saved-accounts.ts";
import { SharedStore } from "./shared-store.ts";
import { withRest } from "./store-rest.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore, TokenCacheWarning } from "./token-cache-store.ts";

/** What has accounts, by their keys. */
export type AccountSource = Pick<TokenCache, "account" | "list">;

const NONE: ReadonlyMap<string, StoredAccount> = new Map();

/**
 * The accounts over a store, or in memory: each by itself, under its `accountKey`. A token once acquired is never lost
 * to a fault of the store: it is kept in memory, a warning says so, and the next save takes it along.
 */
export class TokenCache {
  /** `undefined` in memory, where nobody else signs in. */
  readonly shared: SharedStore | undefined;
  readonly #saved: SavedAccounts | undefined;
  readonly #changes: LoadOnce<AccountChanges>;
  readonly #warn: TellFault;

  /** @param known - what was read of the store before */
  constructor(
    given: TokenCacheStore | undefined,
    warn: TellFault,
    clock: Clock = systemClock,
    hear?: (warning: TokenCacheWarning) => void,
    known: KnownAccounts = new Map(),
  ) {
    const rested = given && withRest(given, clock);
    const savingIn = (one: TokenCacheStore): Saving => {
      const store = guardedStore(one, clock, hear);
      return { store, saved: new SavedAccounts(store, known) };
    };
    const saving = rested && savingIn(rested.resting);
    this.shared = rested && saving && new SharedStore(rested.resting, saving.store, warn);
    this.#saved = saving?.saved;
    this.#changes = new LoadOnce(async () => {
      const { AccountChanges } = await import("./account-changes.ts");
      return new AccountChanges(saving, rested && savingIn(rested.outright), warn);
    });
    this.#warn = warn;
  }

  /** One account, whether it could be saved yet or not. Nothing of the others is read. */
  async account(key: string): Promise<StoredAccount | undefined> {
    const saved = await this.#account(key);
    return (await (await this.#changed())?.unsaved.get(key)) ?? saved;
  }

  /** Who is there, of the accounts whose keys begin like this. No account is opened for it. */
  async list(keyStart: string): Promise<readonly AccountLabel[]> {
    const unsaved = (await (await this.#changed())?.unsaved.list(keyStart)) ?? NONE;
    return [...(await this.#list(keyStart, unsaved)), ...unsaved.values()];
  }

  /**
   * Looks whether an account could be kept. None is opened for it.
   * @throws AuthenticationError `cache` for what somebody must mend first.
   */
  async check(): Promise<void> {
    return (await this.#changes.get()).check();
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
    return (await this.#changes.get()).change(key, work, signal, isSignIn);
  }

  /** The same, to sign some out: a store that cannot tell is an error, and one that rests is asked. */
  async listToSignOut(keyStart: string): Promise<readonly AccountLabel[]> {
    return (await this.#changes.get()).listToSignOut(keyStart);
  }

  /** Signs one account out, in the store and in memory; a store that cannot is an error, and one that rests is asked. */
  async remove(key: string): Promise<void> {
    return (await this.#changes.get()).remove(key);
  }

  /** What this process has done to the accounts, if anything. */
  async #changed(): Promise<AccountChanges | undefined> {
    return this.#changes.present?.catch(() => undefined);
  }

  async #account(key: string): Promise<StoredAccount | undefined> {
    try {
      return await this.#saved?.account(key, this.#warn);
    } catch (error) {
      tolerate(error, this.#warn, (await this.#changed())?.unsaved.has(key));
      return this.#saved?.known(key);
    }
  }

  async #list(
    keyStart: string,
    except: ReadonlyMap<string, StoredAccount>,
  ): Promise<readonly AccountLabel[]> {
    try {
      return (await this.#saved?.list(keyStart, except, this.#warn)) ?? [];
    } catch (error) {
      tolerate(error, this.#warn, (await this.#changed())?.unsaved.isEmpty === false);
      return this.#saved?.listKnown(keyStart, except) ?? [];
    }
  }
}
