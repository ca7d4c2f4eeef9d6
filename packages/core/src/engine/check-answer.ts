import type { AuthenticationRecord } from "../authentication-record.ts";
import { isRecreatedAccount, isSameAccount } from "../flow/same-account.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import { isOfTenant } from "./token-call.ts";

export interface Expected {
  readonly tenantId: string;
  /** The one account that may answer. */
  readonly account?: AuthenticationRecord | undefined;
  /** Whom the login hint is known to mean: of nobody else does it say anything. */
  readonly hinted?: AuthenticationRecord | undefined;
  /** The application asked for this sign-in: an account that was made anew takes the place of its former self. */
  readonly explicit?: boolean | undefined;
}

/**
 * Whether a token is of the tenant and of the account that were asked for.
 * @throws AuthenticationError `account_mismatch`. The token is dropped with it.
 */
export function checkAnswer(answer: TokenAnswer, expected: Expected): void {
  if (!isOfTenant(answer.tenantId, expected.tenantId)) {
    throw new AuthenticationError({
      code: "account_mismatch",
      what: `A token of the tenant "${expected.tenantId}" was asked for, and one of another tenant came`,
      remedy: "Sign in with an account that is a member or guest of that tenant",
      detail: "tenant_mismatch",
    });
  }
  const { account, hinted, explicit = false } = expected;
  if (account && !isSameAccount(account, answer.account)) {
    const isRecreated = isRecreatedAccount(answer.account, account);
    if (isRecreated && explicit) return;
    if (isRecreated) throw accountRecreated();
    const what = "Another account signed in than the one this credential is for";
    throw accountMismatch(what, "use a new credential without authenticationRecord to allow any");
  }
  // A name is not an identity: guests and people with several addresses have other names in their tokens.
  if (hinted && !isSameAccount(hinted, answer.account) && !isRecreatedAccount(answer.account, hinted)) {
    const what = "Another account signed in than the one of the login hint";
    throw accountMismatch(what, 'set the option "prompt" to "select_account" to allow any');
  }
}

function accountMismatch(what: string, otherwise: string): AuthenticationError {
  return new AuthenticationError({
    code: "account_mismatch",
    what,
    remedy: `Sign in again with the expected account, or ${otherwise}`,
  });
}

function accountRecreated(): AuthenticationError {
  return new AuthenticationError({
    code: "account_mismatch",
    detail: "account_recreated",
    what: "The stored record is of another object than the account that has this name now: it was deleted and made anew",
    remedy: "Call authenticate() to sign the new one in, and store its record in place of the former",
  });
}
