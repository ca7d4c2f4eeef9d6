import { cloudOf } from "../authority/authority-hosts.ts";
import { externalIdTenantOf } from "../authority/external-id.ts";
import {
  isDomainName,
  isEmptyGuid,
  isGuid,
  isTenantId,
  isTenantWord,
  LONGEST_NAME,
} from "../authority/tenant-form.ts";
import { invalidOption } from "../errors/invalid-option.ts";

/** An option's value, and what to call it where it is wrong. */
export interface Given {
  readonly value: unknown;
  readonly option: string;
}

export interface CheckedAuthority {
  /** An origin, such as "https://login.microsoftonline.com". */
  readonly authorityHost: string;
  /** In lower case. */
  readonly tenantId: string;
}

/**
 * Host and tenant, however they are spelled. Where there is but one tenant, the host may name it:
 * `https://contoso.ciamlogin.com` by its name, AD FS and External ID also by a path, as Microsoft writes their
 * authorities (`https://fs.contoso.com/adfs`, `https://login.contoso.com/TENANT-ID`).
 * @param tenant - undefined: not given
 * @param otherwise - the tenant where neither says one
 * @throws TypeError for anything else, and where host and tenant name two tenants.
 */
export function checkAuthority(host: Given, tenant: Given | undefined, otherwise: Given): CheckedAuthority {
  const { authorityHost, named } = splitAuthority(host);
  const asked = tenant && checkTenantId(tenant.value, tenant.option);
  if (tenant && asked !== undefined && named !== undefined && areTwo(asked, named)) {
    const expected = `left out, or the tenant that ${host.option} ends in (${named})`;
    throw invalidOption(tenant.option, expected, tenant.value);
  }
  const one = asked === undefined || isManyTenants(asked) ? named : asked;
  const tenantId = one ?? asked ?? checkTenantId(otherwise.value, otherwise.option);
  // A word for many tenants means nothing at a host that is one tenant's.
  const meant = isManyTenants(tenantId) ? externalIdTenantOf(authorityHost) : undefined;
  return { authorityHost, tenantId: meant ?? tenantId };
}

/**
 * An authority host as an origin, such as "https://login.microsoftonline.com".
 * @throws TypeError, with the detail "invalid_authority", for anything but https, and for a user name, path, query or
 * fragment.
 */
export function checkAuthorityHost(value: unknown, option: string = "authorityHost"): string {
  if (typeof value === "string" && isOrigin(value)) return new URL(value).origin;
  const expected = "an https URL without user name, path or query, such as https://login.microsoftonline.com";
  throw invalidOption(option, expected, value, "invalid_authority");
}

/**
 * A tenant in lower case: a GUID, a domain, or "organizations", "common", "consumers", "adfs".
 * @throws TypeError for anything else.
 */
export function checkTenantId(value: unknown, option: string = "tenantId"): string {
  if (typeof value === "string" && isTenantId(value)) return value.toLowerCase();
  if (typeof value === "string" && isEmptyGuid(value))
    throw invalidOption(option, "the id of a real tenant, and the empty GUID stands for none", value);
  const expected = 'a tenant\'s id (a GUID), its domain, or "organizations", "common", "consumers" or "adfs"';
  throw invalidOption(option, expected, value);
}

function splitAuthority({ value, option }: Given): { authorityHost: string; named?: string } {
  const [scheme, empty, host, segment = "", ...rest] = typeof value === "string" ? value.split("/") : [];
  const origin = `${scheme}/${empty}/${host}`;
  const named = segment.toLowerCase();
  const isWhole = ["", "v2.0", "v2.0/"].includes(rest.join("/").toLowerCase());
  // Microsoft's clouds have many tenants: there, tenantId says which.
  const names = isWhole && isTenantId(named) && !isManyTenants(named) && isOrigin(origin);
  if (!names || cloudOf(origin) !== undefined) return { authorityHost: checkAuthorityHost(value, option) };
  return { authorityHost: new URL(origin).origin, named };
}

// An id and a domain may be one tenant's.
function areTwo(tenant: string, other: string): boolean {
  if (tenant === other || isManyTenants(tenant)) return false;
  return (isGuid(tenant) && isGuid(other)) || tenant === "adfs" || other === "adfs";
}

function isManyTenants(tenantId: string): boolean {
  return isTenantWord(tenantId) && tenantId !== "adfs";
}

// What the URL parser would mend (backslashes, missing slashes, white space) is refused here: nobody means it.
function isOrigin(value: string): boolean {
  const prefix = "https://";
  if (value.length > LONGEST_NAME + 20 || value.slice(0, prefix.length).toLowerCase() !== prefix)
    return false;
  const rest = value.slice(prefix.length, value.endsWith("/") ? -1 : undefined);
  if (!/^[\w.:[\]-]+$/.test(rest) || !URL.canParse(value)) return false;
  const { hostname } = new URL(value);
  return hostname.startsWith("[") || isDomainName(hostname);
}
