const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text is a GUID: the id of a tenant, an application or a request. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
