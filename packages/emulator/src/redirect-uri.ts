/**
 * Whether a redirect URI is the registered one. They must be equal to the letter, except that a registered
 * `http://localhost` or `http://127.0.0.1` matches any port
 * (RFC 8252 section 7.3; Microsoft Entra: "Redirect URI (reply URL) restrictions and limitations").
 */
export function isRegisteredRedirect(redirectUri: string, registered: string): boolean {
  if (!URL.canParse(redirectUri) || redirectUri.includes("#")) return false;
  if (redirectUri === registered) return true;
  const asked = new URL(redirectUri);
  const known = new URL(registered);
  if (!isLoopback(known) || asked.username || asked.password) return false;
  return (
    asked.protocol === known.protocol &&
    asked.hostname === known.hostname &&
    asked.pathname === known.pathname &&
    asked.search === known.search
  );
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1");
}
