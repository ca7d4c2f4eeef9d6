import { invalidOption } from "../errors/invalid-option.ts";

const TENANT_WORDS: ReadonlySet<string> = new Set(["organizations", "common", "consumers", "adfs"]);
const LONGEST_NAME = 253;

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

/** Whether `text` has the form of a tenant's or application's id. */
export function isGuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
}

/** Whether it names no tenant, and leaves it to the authority which one an account signs in to. */
export function isTenantWord(tenantId: string): boolean {
  return TENANT_WORDS.has(tenantId.toLowerCase());
}

// What the URL parser would mend (backslashes, missing slashes, white space) is refused here: nobody means it.
function isOrigin(value: string): boolean {
  const prefix = "https://";
  if (value.length > LONGEST_NAME + 20 || value.slice(0, prefix.length).toLowerCase() !== prefix)
    return false;
  const rest = value.slice(prefix.length, value.endsWith("/") ? -1 : undefined);
  if (!/^[\w.:[\]-]+$/.test(rest) || !URL.canParse(value)) return false;
  const { hostname } = new URL(value);
  return hostname.startsWith("[") || isName(hostname);
}

function isTenantId(value: string): boolean {
  if (isTenantWord(value) || isGuid(value)) return true;
  return value.includes(".") && isName(value);
}

// Label by label: no pattern over the whole name, so that the time grows with the length only.
function isName(value: string): boolean {
  if (value.length > LONGEST_NAME) return false;
  return value.split(".").every((label) => /^[\da-z](?:[\da-z-]{0,61}[\da-z])?$/i.test(label));
}

// A password in a URL is not repeated in a message.
function withoutUser(value: unknown): unknown {
  return typeof value === "string" && value.includes("@") ? undefined : value;
}
