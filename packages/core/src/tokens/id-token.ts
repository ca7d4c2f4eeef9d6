import { isGuid } from "../authority/tenant-form.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { isShortText } from "../is-short-text.ts";
import { parseJsonObject } from "../null-prototype-json.ts";
import type { JsonObject } from "../null-prototype-json.ts";
import type { Refuse, TokenExpectations } from "./token-expectations.ts";

/** The claims of a checked ID token: at least who it is for and who made it. */
export type IdTokenClaims = JsonObject & { readonly iss: string; readonly tid?: string };

const CONSUMER_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";
const LEEWAY_IN_MS = 300_000;
// These name the account in records, caches and on screens.
const SHOWN_CLAIMS = ["oid", "sub", "preferred_username", "upn", "email", "name"] as const;

/**
 * Checks an ID token that came from the token endpoint itself, over TLS. Its signature adds nothing there: OpenID
 * Connect Core 1.0, section 3.1.3.7, item 6.
 */
export function checkIdToken(value: unknown, expected: TokenExpectations, refuse: Refuse): IdTokenClaims {
  const claims = claimsOf(value, refuse);
  const wrong = (claim: string): never => refuse("id_token_invalid", `the ${claim} of id_token is not right`);
  const { aud, iss, exp, tid, nonce } = claims;
  if (aud !== expected.clientId && !(Array.isArray(aud) && aud.includes(expected.clientId))) wrong("aud");
  if (tid !== undefined && (typeof tid !== "string" || !/^[\w.-]{1,253}$/.test(tid))) wrong("tid");
  checkTenant(tid as string | undefined, expected);
  if (typeof iss !== "string" || !isIssuer(iss, expected, tid as string | undefined)) return wrong("iss");
  for (const name of SHOWN_CLAIMS) if (claims[name] !== undefined && !isShortText(claims[name])) wrong(name);
  const now = expected.now + (expected.skewInMs ?? 0);
  if (typeof exp !== "number" || !(exp * 1000 + LEEWAY_IN_MS > now)) wrong("exp");
  if (expected.nonce !== undefined && nonce !== expected.nonce) wrong("nonce");
  return claims as IdTokenClaims;
}

function claimsOf(value: unknown, refuse: Refuse): JsonObject {
  const parts = typeof value === "string" && /^[\w.-]+$/.test(value) ? value.split(".") : [];
  if (parts.length !== 3 || parts[0] === "" || parts[1] === "") {
    return refuse("id_token_invalid", "id_token is missing or has not three parts");
  }
  return (
    parseJsonObject(Buffer.from(parts[1] ?? "", "base64url")) ??
    refuse("id_token_invalid", "id_token holds no claims")
  );
}

function isIssuer(iss: string, { issuer, tenantId }: TokenExpectations, tid: string | undefined): boolean {
  if (iss === issuer) return !issuer.includes("{");
  // A domain, or a word such as "organizations", stands for the tenant that the token itself names.
  const template = issuer.includes("{tenantid}") || isGuid(tenantId) ? "{tenantid}" : tenantId;
  return tid !== undefined && issuer.split("/").includes(template) && iss === issuer.replace(template, tid);
}

function checkTenant(tid: string | undefined, expected: TokenExpectations): void {
  // Without `{tenantid}` the issuer itself names the tenant, and other servers than Entra have no `tid`.
  if (tid === undefined || isAskedTenant(tid.toLowerCase(), expected.tenantId.toLowerCase())) return;
  throw new AuthenticationError({
    code: "account_mismatch",
    detail: "tenant_mismatch",
    what: `The token is of another tenant than ${expected.tenantId}, which was asked`,
    remedy: "Sign in with an account of that tenant, or ask for the tenant that the account belongs to",
    correlationId: expected.correlationId,
  });
}

function isAskedTenant(tid: string, asked: string): boolean {
  if (asked === "consumers") return tid === CONSUMER_TENANT;
  if (asked === "organizations") return tid !== CONSUMER_TENANT;
  // A domain does not say which tenant it is.
  return !isGuid(asked) || tid === asked;
}
