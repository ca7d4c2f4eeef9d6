import type { AuthenticationRecord } from "../authentication-record.ts";
import { isSameName } from "./same-name.ts";

/** An account, and other names under which it is known or to which it was led. */
export interface NamedAccount {
  readonly record: AuthenticationRecord;
  readonly names?: readonly string[];
}

/**
 * The account to use without a prompt, of those that can be: the one that the login hint names, else the first. A hint
 * that is a whole user name admits no other: a person who is not the one meant must not sign in unseen.
 */
export function accountToUse(
  accounts: readonly AuthenticationRecord[],
  loginHint: string | undefined,
): AuthenticationRecord | undefined {
  return namedAccountToUse(
    accounts.map((record) => ({ record })),
    loginHint,
  );
}

/** The same of accounts of which more names are known. */
export function namedAccountToUse(
  accounts: readonly NamedAccount[],
  loginHint: string | undefined,
): AuthenticationRecord | undefined {
  const first = accounts[0]?.record;
  if (loginHint === undefined) return first;
  return accountOfName(accounts, loginHint) ?? (loginHint.includes("@") ? undefined : first);
}

/** The account whose user name the hint is; else the first that is known by it, or to which it has led before. */
export function accountOfName(
  accounts: readonly NamedAccount[],
  loginHint: string,
): AuthenticationRecord | undefined {
  const named = accounts.find(({ record }) => isSameName(record.username, loginHint));
  return (named ?? accounts.find(({ names = [] }) => names.some((name) => isSameName(name, loginHint))))
    ?.record;
}
