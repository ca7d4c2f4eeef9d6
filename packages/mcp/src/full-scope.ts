/** A scope in full, such as "api://<application id>/Tools.Use". */
export interface FullScope {
  /** Id or App ID URI of the API, in lower case. */
  readonly resource: string;
  readonly name: string;
}

// RFC 6749, section 3.3. Whatever else there is would break out of a challenge's quotes.
const CHARACTERS = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** `undefined` for a scope that does not say whose it is, or what. */
export function readFullScope(scope: unknown): FullScope | undefined {
  if (typeof scope !== "string" || !CHARACTERS.test(scope)) return undefined;
  const scheme = scope.indexOf("://");
  const start = scheme < 0 ? 0 : scheme + "://".length;
  const slash = scope.lastIndexOf("/");
  if (slash <= start || scope[start] === "/" || slash === scope.length - 1) return undefined;
  return { resource: scope.slice(0, slash).toLowerCase(), name: scope.slice(slash + 1) };
}

/** Whether all that say whose they are say the same: no token is for two resources. */
export function areOfOneResource(scopes: readonly string[]): boolean {
  const resources = scopes
    .map((scope) => readFullScope(scope)?.resource)
    .filter((each) => each !== undefined);
  return new Set(resources).size <= 1;
}
