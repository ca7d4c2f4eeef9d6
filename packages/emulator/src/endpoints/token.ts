import { createHash } from "node:crypto";
import type { Authority } from "../directory/directory.ts";
import type { EmulatorApplication } from "../directory/directory-types.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { aadsts, entraTimestamp } from "../refusals/entra-error.ts";
import { requireReadableClaims } from "../refusals/claims-request.ts";
import type { Grant } from "../tokens/grants.ts";
import { issueTokens } from "../tokens/issue-tokens.ts";
import { pollDeviceCode } from "./device-code.ts";
import { optional, refuseRepeated, required } from "./parameters.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import { isRegisteredRedirect } from "../directory/redirect-uri.ts";

/** RFC 7636 section 4.1. */
const CODE_VERIFIER = /^[\w.~-]{43,128}$/;
const CODE_LIFETIME_IN_MS = 10 * 60 * 1000;
const REFRESH_TOKEN_LIFETIME_IN_MS = 90 * 24 * 60 * 60 * 1000;

/** Both spellings: RFC 8628 section 3.4, and the short one older clients send. */
export const DEVICE_CODE_GRANTS: readonly string[] = [
  "urn:ietf:params:oauth:grant-type:device_code",
  "device_code",
];

/** `POST /{tenant}/oauth2/v2.0/token` (RFC 6749 section 3.2). */
export function tokenEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const { form } = request;
  refuseRepeated(form);
  const grantType = required(form, "grant_type");
  const authority = state.directory.authority(request.params["tenant"] ?? "", request.origin);
  const application = state.directory.application(required(form, "client_id"), authority);
  requireNoSecret(request, application);
  const claims = optional(form, "claims");
  requireReadableClaims(claims);

  if (grantType === "authorization_code") {
    const code = redeemCode(form, { application, authority }, state);
    return issue(code, { authority, claims: claims ?? code.claims, nonce: code.nonce }, request, state);
  }
  if (grantType === "refresh_token") {
    const grant = redeemRefreshToken(form, application, state);
    return issue(grant, { authority, claims, renews: true }, request, state);
  }
  if (DEVICE_CODE_GRANTS.includes(grantType)) {
    const grant = pollDeviceCode(required(form, "device_code"), application, state);
    return issue(grant, { authority, claims: claims ?? grant.claims }, request, state);
  }
  throw aadsts(70003, { grantType });
}

function issue(
  grant: Grant,
  about: {
    readonly authority: Authority;
    readonly claims: string | undefined;
    readonly nonce?: string | undefined;
    readonly renews?: boolean;
  },
  request: EmulatorRequest,
  state: EmulatorState,
): Reply {
  const { authority, ...rest } = about;
  const application = state.directory.application(grant.clientId, authority);
  // A word such as "organizations" means the tenant the person signed in to.
  const tenant = authority.tenant ?? state.directory.tenant(grant.tenantId);
  state.directory.signInTenant(grant.session.account, application, authority);
  const body = issueTokens(
    {
      grant,
      tenant,
      scope: optional(request.form, "scope") ?? grant.scope,
      origin: request.origin,
      clientInfo: request.form.get("client_info") === "1",
      ...rest,
    },
    state,
  );
  return json(200, body);
}

function redeemCode(
  form: URLSearchParams,
  { application, authority }: { readonly application: EmulatorApplication; readonly authority: Authority },
  state: EmulatorState,
) {
  const value = required(form, "code");
  const redirectUri = required(form, "redirect_uri");
  const code = state.grants.codes.get(value);
  if (!code)
    throw unknownGrant(state.grants.codes.isWellFormed(value), "the authorization code is not known");
  const { clientId } = application;
  if (code.clientId !== clientId)
    throw aadsts(70000, { reason: "the code was issued to another application" });
  if ((application.webRedirectUris ?? []).some((it) => isRegisteredRedirect(code.redirectUri, it)))
    throw aadsts(7000218, { clientId });
  if (authority.tenant && authority.tenant.id !== code.tenantId) throw aadsts(700005);
  if (code.redeemed) throw aadsts(54005);
  if (state.clock.now() - code.issuedAt > CODE_LIFETIME_IN_MS) throw aadsts(70008);
  if (code.redirectUri !== redirectUri) throw aadsts(500112, { redirectUri });
  if (code.codeChallenge !== undefined) {
    const verifier = optional(form, "code_verifier");
    if (verifier === undefined) throw aadsts(50148);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (!CODE_VERIFIER.test(verifier) || challenge !== code.codeChallenge) throw aadsts(501481);
  }
  code.redeemed = true;
  return code;
}

function redeemRefreshToken(
  form: URLSearchParams,
  { clientId }: EmulatorApplication,
  state: EmulatorState,
): Grant {
  const value = required(form, "refresh_token");
  const token = state.grants.refreshTokens.get(value);
  if (!token)
    throw unknownGrant(state.grants.refreshTokens.isWellFormed(value), "the refresh token is not known");
  if (token.clientId !== clientId)
    throw aadsts(70000, { reason: "the token was issued to another application" });
  if (state.clock.now() - token.issuedAt > REFRESH_TOKEN_LIFETIME_IN_MS)
    throw aadsts(700082, { issuedAt: entraTimestamp(token.issuedAt) });
  return token;
}

/** Entra tells a value that cannot be one of its own from one that it does not know. */
function unknownGrant(wellFormed: boolean, reason: string) {
  return wellFormed ? aadsts(70000, { reason }) : aadsts(9002313, {}, { error: "invalid_grant" });
}

function requireNoSecret(
  { form, headers }: EmulatorRequest,
  { webRedirectUris = [] }: EmulatorApplication,
): void {
  const authenticates =
    form.has("client_secret") ||
    form.has("client_assertion") ||
    /^basic\b/i.test(headers["authorization"] ?? "");
  if (webRedirectUris.length === 0 && authenticates) throw aadsts(700025);
}
