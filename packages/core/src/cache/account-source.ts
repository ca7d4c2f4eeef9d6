import type { AccountLabel } from "./account-label.ts";
import type { StoredAccount } from "./stored-account.ts";

/** What has accounts, by their keys. */
export interface AccountSource {
  account(key: string): Promise<StoredAccount | undefined>;
  list(keyStart: string): Promise<readonly AccountLabel[]>;
}
