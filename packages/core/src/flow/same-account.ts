import type { AuthenticationRecord } from "../authentication-record.ts";

/** Whether two records are of one person. The ids are GUIDs, which are the same in capital letters. */
export function isSameAccount(
  one: Pick<AuthenticationRecord, "homeAccountId">,
  other: Pick<AuthenticationRecord, "homeAccountId"> | undefined,
): boolean {
  return one.homeAccountId.toLowerCase() === other?.homeAccountId.toLowerCase();
}

/**
 * Whether two records are of two objects that had one name in one home tenant: the account was deleted and made anew.
 */
export function isRecreatedAccount(
  one: Pick<AuthenticationRecord, "homeAccountId" | "username">,
  other: { readonly homeAccountId: string; readonly username?: string | undefined },
): boolean {
  const homeOf = (id: string): string => id.slice(id.indexOf(".") + 1).toLowerCase();
  return (
    !isSameAccount(one, other) &&
    homeOf(one.homeAccountId) === homeOf(other.homeAccountId) &&
    one.username.toLowerCase() === other.username?.toLowerCase()
  );
}
