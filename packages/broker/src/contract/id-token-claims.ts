import { unacceptable } from "./unacceptable-answer.ts";

/** What an ID token says, unverified: it came from the operating system, not over the network. */
export interface IdTokenClaims {
  readonly [claim: string]: unknown;
}

/**
 * Reads an ID token's claims.
 * @throws AuthenticationError `invalid_response` for something that is no token, or one for another application.
 */
export function idTokenClaims(idToken: string, clientId: string): IdTokenClaims {
  const claims = readClaims(idToken);
  if (!claims) throw unacceptable("the ID token");
  const { aud } = claims;
  if (typeof aud === "string" && aud.toLowerCase() !== clientId.toLowerCase()) {
    throw unacceptable("the audience of the ID token");
  }
  return claims;
}

/** The claims of a token, unverified; undefined for one that cannot be read. */
export function readClaims(token: string): IdTokenClaims | undefined {
  const parts = token.split(".");
  return parts.length === 3 ? jsonObject(parts[1]) : undefined;
}

/** Whose token it is, from `client_info`. @throws AuthenticationError `invalid_response` */
export function homeAccountIdOf(clientInfo: string | undefined): string {
  const { uid, utid } = jsonObject(clientInfo) ?? {};
  if (!isId(uid) || !isId(utid)) throw unacceptable("client_info");
  return `${uid}.${utid}`;
}

/** Whether a text can be part of an account's id. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{1,253}$/.test(value);
}

function jsonObject(base64url: string | undefined): IdTokenClaims | undefined {
  if (base64url === undefined || !/^[\w-]+={0,2}$/.test(base64url)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as IdTokenClaims)
      : undefined;
  } catch {
    return undefined; // no JSON: the caller says which field
  }
}
