/**
 * Whether a redirect URI is the registered one. They must be equal to the letter, except that a registered
 * `http://localhost` or `http://127.0.0.1` matches any port
 * (RFC 8252 section 7.3; Microsoft Entra: "Redirect URI (reply URL) restrictions and limitations").
 */
export function isRegisteredRedirect(redirectUri: string, registered: string): boolean {
  if (!URL.canParse(redirectUri) || redirectUri.includes("#")) return false;
  if (redirectUri === registered) return true;
  const asked = loopbackParts(redirectUri);
  const known = loopbackParts(registered);
  return asked !== undefined && asked.host === known?.host && asked.rest === known.rest;
}

/** The texts themselves: a parser would take many spellings for one. */
function loopbackParts(uri: string): { readonly host: string; readonly rest: string } | undefined {
  const match = /^http:\/\/(localhost|127\.0\.0\.1)(?::\d{1,5})?([/?].*)?$/is.exec(uri);
  return match ? { host: match[1]!.toLowerCase(), rest: match[2] ?? "/" } : undefined;
}
