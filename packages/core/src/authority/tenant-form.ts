const TENANT_WORDS: ReadonlySet<string> = new Set(["organizations", "common", "consumers", "adfs"]);

/** No domain name is longer: RFC 1035, section 2.3.4. */
export const LONGEST_NAME: number = 253;

/** Whether `text` has the form of a tenant's or application's id. */
export function isGuid(text: string): boolean {
  return text.length === 36 && /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]+$/i.test(text);
}

/** Whether it is the GUID of nothing, which stands where somebody forgot to put a real one. */
export function isEmptyGuid(text: string): boolean {
  return text === "00000000-0000-0000-0000-000000000000";
}

/** Whether it names no tenant, and leaves it to the authority which one an account signs in to. */
export function isTenantWord(tenantId: string): boolean {
  return TENANT_WORDS.has(tenantId.toLowerCase());
}

/** Whether `value` is written as a tenant is: a GUID, a domain, or one of the words. */
export function isTenantId(value: string): boolean {
  if (isTenantWord(value)) return true;
  if (isGuid(value)) return !isEmptyGuid(value);
  return value.includes(".") && isDomainName(value);
}

/**
 * Whether `value` is a domain name. Label by label: the time grows with the length only. Both cases are written out,
 * since V8 looks through the foldings of Unicode for "a-z" with the flag "i", for a third of a millisecond.
 */
export function isDomainName(value: string): boolean {
  if (value.length > LONGEST_NAME) return false;
  return value.split(".").every((label) => /^[\dA-Za-z](?:[\dA-Za-z-]{0,61}[\dA-Za-z])?$/.test(label));
}
