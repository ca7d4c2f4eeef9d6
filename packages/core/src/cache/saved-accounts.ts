import type { AccountLabel } from "./account-label.ts";
import { AccountsOfStore, type KnownAccounts } from "./accounts-of-store.ts";
import { tellDamage, type TellFault } from "./cache-fault.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

/** The accounts that a store has. One that is damaged counts as none, which is told. */
export class SavedAccounts {
  readonly #all: AccountsOfStore;
  readonly #known: KnownAccounts;

  constructor(store: Pick<TokenCacheStore, "read" | "list">, known: KnownAccounts) {
    this.#all = new AccountsOfStore(store, known);
    this.#known = this.#all.known;
  }

  /** @param tell - hears of damage */
  async account(key: string, tell: TellFault): Promise<StoredAccount | undefined> {
    try {
      return await this.#all.account(key);
    } catch (error) {
      tellDamage(error, tell);
      this.#known.delete(key);
      return undefined;
    }
  }

  /** The account as this process knows it, whatever the store has by now. */
  known(key: string): StoredAccount | undefined {
    return this.#known.get(key)?.account;
  }

  /** The accounts whose keys begin like this, but those of `except`. None is opened that has a label. */
  async list(
    keyStart: string,
    except: ReadonlyMap<string, unknown>,
    tell: TellFault,
  ): Promise<readonly AccountLabel[]> {
    try {
      return await this.#all.list(keyStart, except, (key) => this.account(key, tell));
    } catch (error) {
      tellDamage(error, tell);
      return [];
    }
  }

  /** The same, of those that this process knows. */
  listKnown(keyStart: string, except: ReadonlyMap<string, unknown>): readonly AccountLabel[] {
    const ours = [...this.#known].filter(([key]) => key.startsWith(keyStart) && !except.has(key));
    return ours.map(([, { account }]) => account);
  }

  /** What was just written. */
  keep(key: string, bytes: Uint8Array, account: StoredAccount): void {
    this.#known.set(key, { bytes, account });
  }

  forget(key: string): void {
    this.#known.delete(key);
  }
}
