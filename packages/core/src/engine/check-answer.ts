import { isRecreatedAccount, isSameAccount, type AuthenticationRecord } from "../authentication-record.ts";
import { isGuid } from "../authority/tenant-form.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { Prompt, TokenAnswer } from "../flow/flow.ts";

export interface Expected {
  readonly tenantId: string;
  /** The one account that may answer. */
  readonly account?: AuthenticationRecord | undefined;
  readonly loginHint?: string | undefined;
  readonly prompt?: Prompt | undefined;
  /** The application asked for this sign-in: an account that was made anew takes the place of its former self. */
  readonly explicit?: boolean | undefined;
}

/**
 * Whether a token is of the tenant and of the account that were asked for.
 * @throws AuthenticationError `account_mismatch`. The token is dropped with it.
 */
export function checkAnswer(answer: TokenAnswer, expected: Expected): void {
  if (isGuid(expected.tenantId) && answer.tenantId.toLowerCase() !== expected.tenantId.toLowerCase()) {
    throw new AuthenticationError({
      code: "account_mismatch",
      what: `A token of the tenant "${expected.tenantId}" was asked for, and one of another tenant came`,
      remedy: "Sign in with an account that is a member or guest of that tenant",
      detail: "tenant_mismatch",
    });
  }
  const { account, loginHint, prompt, explicit = false } = expected;
  if (account && !isSameAccount(account, answer.account)) {
    const isRecreated = isRecreatedAccount(answer.account, account);
    if (isRecreated && explicit) return;
    if (isRecreated) throw accountRecreated();
    throw accountMismatch("Another account signed in than the one this credential was made for");
  }
  // With the account picker the person is free to choose; any other prompt means the account of the hint.
  const fixed = loginHint !== undefined && prompt !== undefined && prompt !== "select_account";
  if (fixed && loginHint.includes("@") && loginHint.toLowerCase() !== answer.account.username.toLowerCase()) {
    throw accountMismatch("Another account signed in than the one of the login hint");
  }
}

function accountMismatch(what: string): AuthenticationError {
  return new AuthenticationError({
    code: "account_mismatch",
    what,
    remedy:
      'Sign in again with the expected account, or set the option "prompt" to "select_account" to allow any',
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
