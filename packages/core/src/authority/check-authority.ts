import { invalidOption } from "../errors/invalid-option.ts";

const DETAIL = "invalid_authority";
const TENANT_WORDS: ReadonlySet<string> = new Set(["organizations", "common", "consumers", "adfs"]);

/**
 * The authority host as an origin, such as "https://login.microsoftonline.com".
 * @throws TypeError for anything but https, or with a user name, path, query or fragment.
 */
export function checkAuthorityHost(value: unknown, option: string = "authorityHost"): string {
  const expected = "an https URL without path, query or user name, such as https://login.microsoftonline.com";
  const refused = (): TypeError => invalidOption(option, expected, shown(value), DETAIL);
  if (typeof value !== "string" || value.length > 300 || !/^https:\/\/[^\s\\/?#@]+\/?$/i.test(value))
    throw refused();
  if (!URL.canParse(value)) throw refused();
  return new URL(value).origin;
}

/**
 * The tenant, in lower case: a GUID, a domain, or "organizations", "common", "consumers", "adfs".
 * @throws TypeError for anything else.
 */
export function checkTenantId(value: unknown, option: string = "tenantId"): string {
  if (typeof value === "string" && isTenantId(value)) return value.toLowerCase();
  const expected = 'a tenant\'s GUID, its domain, or "organizations", "common" or "consumers"';
  throw invalidOption(option, expected, value);
}

function isTenantId(value: string): boolean {
  if (value.length > 253) return false;
  return TENANT_WORDS.has(value.toLowerCase()) || isGuid(value) || isDomain(value);
}

function isGuid(value: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value);
}

function isDomain(value: string): boolean {
  const labels = value.split(".");
  return labels.length > 1 && labels.every((label) => /^[\da-z](?:[\da-z-]{0,61}[\da-z])?$/i.test(label));
}

// A password in a URL is not repeated in a message.
function shown(value: unknown): unknown {
  return typeof value === "string" && value.includes("@") ? undefined : value;
}
