// RFC 9110 section 11.6.1. Read by hand and once from left to right, so that its cost grows with its length only.
const LONGEST_HEADER = 16_384;
const MOST_CHALLENGES = 20;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]$/;

/**
 * The claims that a resource asks for in the `WWW-Authenticate` header of a 401, as JSON text for
 * `getToken(scopes, { claims })`; `undefined` when it asks for none or when the header is damaged.
 *
 * Only the claims are taken from it. A scope, a tenant or an authority in a challenge is the resource's wish to get
 * another token than the one it is entitled to, and is ignored. Ask once per request: a resource that answers the new
 * token with another challenge will not be satisfied by a third.
 *
 * @param header - as it came; a list of them where a client of HTTP gives one
 *
 * Source: Microsoft identity platform, "Claims challenges, claims requests and client capabilities".
 *
 * @example
 * ```ts
 * import { claimsOfChallenge, InteractiveBrowserCredential } from "@entrada/core";
 *
 * const credential = new InteractiveBrowserCredential();
 * const scope = "https://graph.microsoft.com/.default";
 * const call = async (claims?: string): Promise<Response> => {
 *   const { token } = await credential.getToken(scope, { enableCae: true, ...(claims ? { claims } : {}) });
 *   return fetch("https://graph.microsoft.com/v1.0/me", { headers: { authorization: `Bearer ${token}` } });
 * };
 * let response = await call();
 * const claims = claimsOfChallenge(response.headers.get("www-authenticate"));
 * if (response.status === 401 && claims) response = await call(claims);
 * ```
 */
export function claimsOfChallenge(header: string | readonly string[] | null | undefined): string | undefined {
  if (Array.isArray(header)) return claimsOfChallenge(header.join(", "));
  if (typeof header !== "string" || header.length > LONGEST_HEADER) return undefined;
  const bearer = parseChallenges(header).find(
    ({ scheme, parameters }) =>
      scheme === "bearer" && parameters.get("error") === "insufficient_claims" && parameters.has("claims"),
  );
  return bearer && decodeClaims(bearer.parameters.get("claims")!);
}

/**
 * A parameter of the Bearer challenge in a `WWW-Authenticate` header (RFC 6750 section 3, RFC 9728 section 5.1);
 * `undefined` where it is not there or the header is damaged.
 */
export function bearerParameter(header: string | null | undefined, name: string): string | undefined {
  if (!header || header.length > LONGEST_HEADER) return undefined;
  const found = parseChallenges(header).find(
    ({ scheme, parameters }) => scheme === "bearer" && parameters.has(name),
  );
  return found?.parameters.get(name);
}

interface Challenge {
  readonly scheme: string;
  /** Names in lower case; a name that comes twice counts as damaged and is left out. */
  readonly parameters: Map<string, string>;
}

function parseChallenges(header: string): readonly Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const skip = (characters: string): void => {
    while (at < header.length && characters.includes(header[at]!)) at += 1;
  };
  const token = (): string => {
    const from = at;
    while (at < header.length && TOKEN.test(header[at]!)) at += 1;
    return header.slice(from, at);
  };
  const quoted = (): string | undefined => {
    const parts: string[] = [];
    for (at += 1; at < header.length; at += 1) {
      if (header[at] === '"') {
        at += 1;
        return parts.join("");
      }
      if (header[at] === "\\") at += 1;
      parts.push(header[at] ?? "");
    }
    return undefined;
  };
  while (at < header.length) {
    skip(" \t,");
    const name = token();
    if (name === "") break;
    skip(" \t");
    if (header[at] !== "=") {
      if (challenges.length === MOST_CHALLENGES) break;
      challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
      continue;
    }
    at += 1;
    skip(" \t");
    const value = header[at] === '"' ? quoted() : token();
    const current = challenges.at(-1);
    if (value === undefined || !current) break;
    const key = name.toLowerCase();
    if (current.parameters.has(key)) return [];
    current.parameters.set(key, value);
  }
  return challenges;
}

function decodeClaims(value: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(value, "base64"));
    const claims: unknown = JSON.parse(text);
    return typeof claims === "object" && claims !== null && !Array.isArray(claims) ? text : undefined;
  } catch {
    // Neither text nor JSON: no claims that an authority could read.
    return undefined;
  }
}
