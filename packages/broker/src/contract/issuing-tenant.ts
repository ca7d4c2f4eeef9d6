import { isGuid } from "./guid.ts";
import { readClaims } from "./id-token-claims.ts";

/** Whether a tenant is named by its id, and not by a domain or a word such as "common". */
export function isTenantId(tenant: string | undefined): tenant is string {
  return tenant !== undefined && isGuid(tenant);
}

/** The tenant in an access token's `tid`, where the token can be read: an API may have it encrypted. */
export function tenantOfAccessToken(token: string): string | undefined {
  const tid = readClaims(token)?.["tid"];
  return typeof tid === "string" && isTenantId(tid) ? tid : undefined;
}

/** The tenant of an authority's URL; undefined where it names none by its id. */
export function tenantOfAuthority(authority: string | undefined): string | undefined {
  if (authority === undefined || !URL.canParse(authority)) return undefined;
  const tenant = new URL(authority).pathname.split("/")[1];
  return isTenantId(tenant) ? tenant : undefined;
}
