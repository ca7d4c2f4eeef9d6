import { isDomainName, isTenantId, LONGEST_NAME } from "../authority/tenant-form.ts";
import { invalidOption } from "../errors/invalid-option.ts";

/**
 * An authority host as an origin, such as "https://login.microsoftonline.com".
 * @throws TypeError, with the detail "invalid_authority", for anything but https, and for a user name, path, query or
 * fragment.
 */
export function checkAuthorityHost(value: unknown, option: string = "authorityHost"): string {
  if (typeof value === "string" && isOrigin(value)) return new URL(value).origin;
  const expected = "an https URL without user name, path or query, such as https://login.microsoftonline.com";
  throw invalidOption(option, expected, withoutUser(value), "invalid_authority");
}

/**
 * A tenant in lower case: a GUID, a domain, or "organizations", "common", "consumers", "adfs".
 * @throws TypeError for anything else.
 */
export function checkTenantId(value: unknown, option: string = "tenantId"): string {
  if (typeof value === "string" && isTenantId(value)) return value.toLowerCase();
  const expected = 'a tenant\'s id (a GUID), its domain, or "organizations", "common", "consumers" or "adfs"';
  throw invalidOption(option, expected, value);
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

// A password in a URL is not repeated in a message.
function withoutUser(value: unknown): unknown {
  return typeof value === "string" && value.includes("@") ? undefined : value;
}
