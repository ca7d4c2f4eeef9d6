import type { AuthenticationRecord } from "../authentication-record.ts";

/**
 * The account to use without a prompt, of those that can be: the one with the user name of the login hint, else the
 * first. A hint that is a whole user name admits no other: a person who is not the one meant must not sign in unseen.
 */
export function accountToUse(
  accounts: readonly AuthenticationRecord[],
  loginHint: string | undefined,
): AuthenticationRecord | undefined {
  if (loginHint === undefined) return accounts[0];
  const wanted = loginHint.toLowerCase();
  const named = accounts.find(({ username }) => username.toLowerCase() === wanted);
  return named ?? (loginHint.includes("@") ? undefined : accounts[0]);
}
