import { AuthenticationError } from "../../errors/authentication-error.ts";
import { invalidOption } from "../../errors/invalid-option.ts";

const LONGEST_URL = 8000;
const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The sign-in page's URL as it may be handed to a browser: `https:`, or `http:` on this machine, without user
 * name and password, serialised anew by the WHATWG URL parser, so that no quote, space, backslash or control
 * character is left in it.
 * @param knownHosts The authority's hosts, with their port when it is not 443. Absent: any host.
 * @throws AuthenticationError "invalid_response", detail "endpoint_not_allowed", for any other URL.
 * @throws TypeError with detail "auth_url_too_long" over 8,000 characters.
 */
export function checkedSignInUrl(url: string, knownHosts?: readonly string[]): string {
  // Before parsing: what is too long is not worth the work, and Windows takes no command line over 8,191.
  if (url.length > LONGEST_URL) throw tooLong();
  // The parser drops tabs and line feeds and trims; a URL that needs that was not made by us.
  if (/[\u0000-\u0020\u007f]/.test(url) || !URL.canParse(url)) throw notAllowed("is not a URL");
  const parsed = new URL(url);
  const secure = parsed.protocol === "https:";
  if (!secure && !(parsed.protocol === "http:" && LOOPBACK_HOSTS.has(parsed.hostname))) {
    throw notAllowed("is neither https nor on this machine");
  }
  if (parsed.username !== "" || parsed.password !== "") throw notAllowed("has a user name in it");
  if (knownHosts !== undefined && !knownHosts.some((host) => host.toLowerCase() === parsed.host)) {
    throw notAllowed("is on a host that does not belong to the authority");
  }
  if (parsed.href.length > LONGEST_URL) throw tooLong();
  return parsed.href;
}

// The URL itself stays out of both: its query holds the state of the sign-in.
function notAllowed(why: string): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail: "endpoint_not_allowed",
    what: `The sign-in page's URL ${why}, so it was not opened`,
    remedy: "Check authorityHost, and whether a proxy changes the authority's metadata",
  });
}

function tooLong(): TypeError {
  return invalidOption(
    "claims",
    `short enough for a sign-in URL of ${LONGEST_URL} characters, like scopes and loginHint`,
    undefined,
    "auth_url_too_long",
  );
}
