/** The tenant in which an account is at home: a home account id is the object id there, a dot, and this. */
export function homeTenantOf(homeAccountId: string): string {
  return homeAccountId.slice(homeAccountId.indexOf(".") + 1);
}
