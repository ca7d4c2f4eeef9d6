import { parseLabel, type AccountLabel } from "./account-label.ts";
import { parseAccount } from "./account-record.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

/** What was read or written last, by the keys: served where the store cannot be read, and parsed once. */
export type KnownAccounts = Map<string, { readonly bytes: Uint8Array; readonly account: StoredAccount }>;

/** The accounts that a store has, as it has them: each fault and all damage is an error. */
export class AccountsOfStore {
  readonly known: KnownAccounts;
  readonly #store: Pick<TokenCacheStore, "read" | "list">;

  constructor(store: Pick<TokenCacheStore, "read" | "list">, known: KnownAccounts = new Map()) {
    this.#store = store;
    this.known = known;
  }

  async account(key: string): Promise<StoredAccount | undefined> {
    // Somebody's store may say "nothing there" in any way.
    const bytes = (await this.#store.read(key)) ?? undefined;
    const known = this.known.get(key);
    if (bytes !== undefined && known?.bytes === bytes) return known.account;
    this.known.delete(key);
    if (bytes === undefined) return undefined;
    const account = parseAccount(bytes);
    this.known.set(key, { bytes, account });
    return account;
  }

  /**
   * The accounts whose keys begin like this, but those of `except`.
   * @param open - reads an account that has no label
   */
  async list(
    keyStart: string,
    except?: ReadonlyMap<string, unknown>,
    open: (key: string) => Promise<AccountLabel | undefined> = (key) => this.account(key),
  ): Promise<readonly AccountLabel[]> {
    const found: AccountLabel[] = [];
    for (const { key, label } of (await this.#store.list()) ?? []) {
      if (!key.startsWith(keyStart) || except?.has(key)) continue;
      const account = parseLabel(key, label) ?? (await open(key));
      if (account) found.push(account);
    }
    return found;
  }
}
