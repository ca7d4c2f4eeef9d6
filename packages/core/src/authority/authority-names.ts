import { cloudOf } from "./authority-hosts.ts";
import { externalIdIssuerTenant } from "./external-id-issuer.ts";
import { isGuid } from "./tenant-form.ts";

/** Who was asked for its openid-configuration. */
export interface AskedAuthority {
  /** An origin. */
  readonly authorityHost: string;
  /** In lower case. */
  readonly tenant: string;
}

const LONGEST_ADDRESS = 2048;

/** Whether a document of this tenant at this host may name this issuer. */
export function isIssuerOf(value: unknown, { authorityHost, tenant }: AskedAuthority): value is string {
  // External ID: one tenant, whose tokens name its id as the host, whichever of its hosts was asked.
  const ownTenant = typeof value === "string" ? externalIdIssuerTenant(value) : undefined;
  if (ownTenant !== undefined && tenant !== "adfs") return !isGuid(tenant) || ownTenant === tenant;
  if (!isOnAuthority(value, authorityHost)) return false;
  // Another tenant's document would let another tenant's tokens pass.
  const issuing = new URL(value).pathname.split("/").find(isGuid);
  return issuing === undefined || !isGuid(tenant) || issuing.toLowerCase() === tenant;
}

/** Whether an address is the authority's: of the host itself, or of another name of its cloud. */
export function isOnAuthority(value: unknown, authorityHost: string): value is string {
  if (typeof value !== "string" || value.length > LONGEST_ADDRESS || !URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "" || url.hash !== "")
    return false;
  if (url.origin === new URL(authorityHost).origin) return true;
  return url.port === "" && cloudOf(authorityHost)?.aliases.includes(url.hostname) === true;
}
