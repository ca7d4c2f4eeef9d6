import type { StoredAccount } from "../../src/cache/stored-account.ts";
import { accountChange } from "../../src/msal/account-change.ts";
import { virtualClock } from "../../src/testing/virtual-clock.ts";
import type { CheckedTokenAnswer } from "../../src/tokens/token-answer.ts";
import { tokenRequest } from "./entra-over-fetch.ts";

export const HOME = "aaaabbbb-1111-4111-8111-ccccddddeeee";
export const RESOURCE = "22222222-2222-4222-8222-222222222222";
export const RECORD = {
  authority: "login.microsoftonline.com",
  clientId: "client",
  homeAccountId: `oid.${HOME}`,
  tenantId: HOME,
  username: "ada@contoso.example",
};
export const HOUR = 3_600_000;

/** An account and the answers that change it, at the time of a clock of their own. */
export function answeredAccount() {
  const clock = virtualClock();
  const answer = (changes: Partial<CheckedTokenAnswer> = {}): CheckedTokenAnswer => ({
    accessToken: "a",
    expiresOnTimestamp: clock.now() + HOUR,
    grantedScopes: ["s"],
    warnings: [],
    ...changes,
  });
  /** The account as it stands after an answer to a request. */
  const after = (
    request: Parameters<typeof tokenRequest>[0],
    changes: Partial<CheckedTokenAnswer> = {},
    before?: StoredAccount,
    names?: readonly string[],
  ): StoredAccount => {
    const known = { record: RECORD, signedInAt: 1, ...(names === undefined ? {} : { names }) };
    return accountChange(tokenRequest(request), answer(changes), known, clock.now()).save!(before);
  };
  return { clock, answer, after };
}
