import { parseLabel, type AccountLabel } from "./account-label.ts";
import { parseAccount } from "./account-record.ts";
import { tellDamage, type TellFault } from "./cache-fault.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheEntry, TokenCacheStore } from "./token-cache-store.ts";

/** The accounts that a store has. One that is damaged counts as none, which is told. */
export class SavedAccounts {
  readonly #store: Pick<TokenCacheStore, "read" | "list">;
  /** What was read or written last: served where the store cannot be read, and parsed once. */
  readonly #known = new Map<string, { readonly bytes: Uint8Array; readonly account: StoredAccount }>();

  constructor(store: Pick<TokenCacheStore, "read" | "list">) {
    this.#store = store;
  }

  /** @param tell - hears of damage */
  async account(key: string, tell: TellFault): Promise<StoredAccount | undefined> {
    try {
      const bytes = await this.#store.read(key);
      const known = this.#known.get(key);
      if (bytes !== undefined && known?.bytes === bytes) return known.account;
      this.#known.delete(key);
      if (bytes === undefined) return undefined;
      const account = parseAccount(bytes);
      this.#known.set(key, { bytes, account });
      return account;
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
    const found: AccountLabel[] = [];
    for (const { key, label } of await this.#entries(tell)) {
      if (!key.startsWith(keyStart) || except.has(key)) continue;
      const account = parseLabel(key, label) ?? (await this.account(key, tell));
      if (account) found.push(account);
    }
    return found;
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

  async #entries(tell: TellFault): Promise<readonly TokenCacheEntry[]> {
    try {
      return await this.#store.list();
    } catch (error) {
      tellDamage(error, tell);
      return [];
    }
  }
}
