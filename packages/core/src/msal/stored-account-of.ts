import type { AuthenticationRecord } from "../authentication-record.ts";
import type { AccountLabel } from "../cache/account-label.ts";
import type { AccountSource } from "../cache/token-cache.ts";
import type { StoredAccount } from "../cache/stored-account.ts";
import { namedAccountToUse } from "../flow/account-to-use.ts";
import type { SignedInAccounts } from "./signed-in-accounts.ts";

/** An account's key, and what there is under it. */
export interface FoundAccount {
  readonly key?: string;
  readonly stored?: StoredAccount | undefined;
}

/** The account that is asked for: who is known is looked up directly; only who is not is looked for. */
export async function storedAccountOf(
  accounts: SignedInAccounts,
  source: AccountSource,
  asked: { readonly account?: AuthenticationRecord | undefined; readonly loginHint?: string | undefined },
): Promise<FoundAccount> {
  const listed = async (): Promise<readonly AccountLabel[]> =>
    accounts.sorted(await source.list(accounts.keyStart));
  const account = asked.account ?? namedAccountToUse(await listed(), asked.loginHint);
  if (!account) return {};
  const key = accounts.keyOf(account);
  return { key, stored: await source.account(key) };
}
