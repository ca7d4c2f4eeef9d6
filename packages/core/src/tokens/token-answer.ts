import { AuthenticationError } from "../errors/authentication-error.ts";
import { checkIdToken } from "./id-token.ts";
import type { IdTokenClaims } from "./id-token.ts";
import type { Refuse, TokenExpectations } from "./token-expectations.ts";
import { parseJsonObject } from "../null-prototype-json.ts";
import type { JsonObject } from "../null-prototype-json.ts";

export interface TokenAnswerWarning {
  readonly code: "expires_in_missing" | "refresh_in_ignored" | "scope_narrowed";
  readonly message: string;
}

export interface CheckedTokenAnswer {
  readonly accessToken: string;
  /** In ms since 1970, by our clock. */
  readonly expiresOnTimestamp: number;
  readonly refreshAfterTimestamp?: number;
  readonly grantedScopes: readonly string[];
  readonly idTokenClaims?: IdTokenClaims;
  readonly clientInfo?: { readonly uid: string; readonly utid: string };
  readonly refreshToken?: string;
  readonly warnings: readonly TokenAnswerWarning[];
}

const DEFAULT_LIFETIME_IN_S = 3600;
const LONGEST_LIFETIME_IN_S = 1e8;

/**
 * Checks a token endpoint's answer (RFC 6749, section 5.1; OpenID Connect Core 1.0, section 3.1.3.7) field by field.
 * @throws AuthenticationError `invalid_response`, whose `detail` names the field and whose message holds no value;
 * `account_mismatch` when another tenant than the asked one answered.
 */
export function checkTokenAnswer(json: JsonObject, expected: TokenExpectations): CheckedTokenAnswer {
  const refuse: Refuse = (field, why) => {
    throw new AuthenticationError({
      code: "invalid_response",
      detail: field,
      what: `The authority's token answer is not acceptable: ${why}`,
      remedy: "Try again; if it stays, something between this machine and the authority changes its answers",
      correlationId: expected.correlationId,
    });
  };
  const warnings: TokenAnswerWarning[] = [];
  if ((json["error"] ?? null) !== null) refuse("error", "it reports an error beside a token");
  const accessToken = tokenString(json["access_token"], "access_token", refuse);
  checkTokenType(json["token_type"], refuse);
  const lifetime = lifetimeOf(json["expires_in"], warnings, refuse);
  const refreshIn = refreshInOf(json["refresh_in"], lifetime, warnings, refuse);
  const refreshToken =
    json["refresh_token"] === undefined
      ? undefined
      : tokenString(json["refresh_token"], "refresh_token", refuse);
  const clientInfo =
    json["client_info"] === undefined ? undefined : clientInfoOf(json["client_info"], refuse);
  const idTokenClaims =
    json["id_token"] === undefined && expected.nonce === undefined
      ? undefined
      : checkIdToken(json["id_token"], expected, refuse);
  const grantedScopes = grantedOf(json["scope"], expected.requestedScopes, warnings, refuse);
  return {
    accessToken,
    expiresOnTimestamp: expected.now + lifetime * 1000,
    ...(refreshIn === undefined ? {} : { refreshAfterTimestamp: expected.now + refreshIn * 1000 }),
    grantedScopes,
    ...(idTokenClaims === undefined ? {} : { idTokenClaims }),
    ...(clientInfo === undefined ? {} : { clientInfo }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    warnings,
  };
}

function tokenString(value: unknown, field: string, refuse: Refuse): string {
  if (typeof value !== "string" || value === "") return refuse(field, `${field} is missing or not a text`);
  if (!/^[\x21-\x7e]+$/.test(value)) return refuse(field, `${field} holds a character that no token has`);
  return value;
}

function checkTokenType(value: unknown, refuse: Refuse): void {
  if (typeof value !== "string" || value.toLowerCase() !== "bearer") {
    refuse("token_type", "token_type is not Bearer");
  }
}

function lifetimeOf(value: unknown, warnings: TokenAnswerWarning[], refuse: Refuse): number {
  if (value === undefined) {
    const message = "The authority did not say how long the token lives; one hour is assumed";
    warnings.push({ code: "expires_in_missing", message });
    return DEFAULT_LIFETIME_IN_S;
  }
  const lifetime = secondsOf(value);
  if (lifetime === undefined || lifetime <= 0)
    return refuse("expires_in", "expires_in is no positive number");
  if (lifetime > LONGEST_LIFETIME_IN_S) return refuse("expires_in", "expires_in is beyond reason");
  return lifetime;
}

function refreshInOf(
  value: unknown,
  lifetime: number,
  warnings: TokenAnswerWarning[],
  refuse: Refuse,
): number | undefined {
  if (value === undefined) return undefined;
  const seconds = secondsOf(value);
  if (seconds === undefined || seconds < 0) return refuse("refresh_in", "refresh_in is no positive number");
  if (seconds <= lifetime) return seconds;
  const message = "The authority's refresh_in is later than the token's end and is not used";
  warnings.push({ code: "refresh_in_ignored", message });
  return undefined;
}

/** A number, or its digits: version 1 of Entra's endpoints writes texts. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

function clientInfoOf(value: unknown, refuse: Refuse): { uid: string; utid: string } {
  const info =
    typeof value === "string" && /^[\w-]+={0,2}$/.test(value)
      ? parseJsonObject(Buffer.from(value, "base64url"))
      : undefined;
  const { uid, utid } = info ?? {};
  if (!isId(uid) || !isId(utid)) {
    return refuse("client_info", "client_info does not name an account");
  }
  return { uid, utid };
}

// Both become part of the account's key.
function isId(value: unknown): value is string {
  return typeof value === "string" && /^[\w.-]{1,253}$/.test(value);
}

const OPENID_SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "offline_access", "email"]);

function grantedOf(
  value: unknown,
  requested: readonly string[],
  warnings: TokenAnswerWarning[],
  refuse: Refuse,
): readonly string[] {
  if (value === undefined || value === "") return [...requested];
  if (typeof value !== "string" || !/^[\x20-\x7e]+$/.test(value)) {
    return refuse("scope", "scope is not a list of names");
  }
  const granted = value.split(" ").filter((scope) => scope !== "" && !OPENID_SCOPES.has(scope.toLowerCase()));
  const names = new Set(granted.map(nameOf));
  const missing = requested.filter(
    (scope) => !OPENID_SCOPES.has(scope) && nameOf(scope) !== ".default" && !names.has(nameOf(scope)),
  );
  if (missing.length > 0) {
    const message = `Not every requested scope was granted: ${missing.join(" ")} is missing`;
    warnings.push({ code: "scope_narrowed", message });
  }
  return granted;
}

// The authority may shorten "https://graph.microsoft.com/User.Read" to its last part, or write it out.
function nameOf(scope: string): string {
  return scope.slice(scope.lastIndexOf("/") + 1).toLowerCase();
}
