import { createHash, randomBytes, randomUUID } from "node:crypto";
import { aadsts, entraTimestamp } from "./entra-error.ts";
import type { Grant } from "./grants.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { PERSONAL_TENANT_ID, type EmulatorAccount, type EmulatorTenant } from "./directory-types.ts";
import { requestsContinuousAccess } from "./claims-request.ts";
import { requireConsent, requirePolicies } from "./policies.ts";
import { parseScopes, type ScopeRequest } from "./scopes.ts";
import type { Claims } from "./signing-keys.ts";

/** One token request that has proved its grant. */
export interface TokenIssue {
  readonly grant: Grant;
  /** The tenant the tokens are for. */
  readonly tenant: EmulatorTenant;
  readonly scope: string;
  readonly origin: string;
  readonly claims?: string | undefined;
  readonly nonce?: string | undefined;
  /** Whether to say who the home account is. */
  readonly clientInfo: boolean;
  /** Whether a refresh token is due even though `offline_access` is not asked for again. */
  readonly renews?: boolean;
}

/** How long a token for a client that understands revocation lives, in seconds. */
const CONTINUOUS_ACCESS_LIFETIME_IN_S = 24 * 60 * 60;
const ID_TOKEN_LIFETIME_IN_S = 60 * 60;
/** From this lifetime on, Entra tells the client when to renew early, in seconds. */
const REFRESH_IN_FROM_S = 2 * 60 * 60;

/**
 * The body of a token answer (RFC 6749 section 5.1, and Entra's additions).
 * @throws EntraError whatever the tenant's rules refuse
 */
export function issueTokens(issue: TokenIssue, state: EmulatorState): Claims {
  const { grant, tenant } = issue;
  const { session, clientId } = grant;
  const requested = parseScopes(issue.scope, state.directory, tenant.displayName);
  if (state.grants.isRevoked(session)) {
    const issuedAt = entraTimestamp(session.time);
    throw aadsts(50173, { issuedAt, validFrom: entraTimestamp(state.clock.now()) });
  }
  requireConsent(session.account, clientId, requested.resource, state);
  requirePolicies(session, tenant, requested.resource, state.directory);

  const continuous = requestsContinuousAccess(issue.claims);
  const lifetime = continuous ? CONTINUOUS_ACCESS_LIFETIME_IN_S : state.settings.accessTokenLifetimeInS;
  const renews = requested.offlineAccess || issue.renews === true;
  return {
    token_type: "Bearer",
    scope: requested.granted,
    expires_in: lifetime,
    ext_expires_in: lifetime,
    ...(lifetime >= REFRESH_IN_FROM_S ? { refresh_in: lifetime / 2 } : {}),
    access_token: state.keys.sign(accessTokenClaims(issue, requested, lifetime, continuous, state)),
    ...(renews
      ? {
          refresh_token: state.grants.refreshTokens.add({
            session,
            clientId,
            tenantId: grant.tenantId,
            scope: issue.scope,
            issuedAt: state.clock.now(),
          }),
        }
      : {}),
    ...(requested.openid ? { id_token: state.keys.sign(idTokenClaims(issue, requested, state)) } : {}),
    ...(issue.clientInfo ? { client_info: clientInfo(session.account) } : {}),
  };
}

/** Who the home account is: base64url JSON, as Entra's `client_info`. */
export function clientInfo({ objectId, tenantId }: EmulatorAccount): string {
  return Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString("base64url");
}

function accessTokenClaims(
  issue: TokenIssue,
  { resource, audience, permissions }: ScopeRequest,
  lifetime: number,
  continuous: boolean,
  state: EmulatorState,
): Claims {
  const { grant, tenant, origin } = issue;
  const { session } = grant;
  const shared = {
    ...subject(issue, resource.appId, state),
    iat: seconds(state),
    nbf: seconds(state),
    exp: seconds(state) + lifetime,
    scp: permissions.join(" "),
    sid: session.id,
    uti: uniqueTokenIdentifier(),
    ...(continuous ? { xms_cc: ["cp1"] } : {}),
    // Marks the token as worthless elsewhere, whatever its issuer says.
    emulator: true,
    emulator_epoch: state.grants.epoch(session.account),
  };
  if (resource.tokenVersion === 2) {
    return {
      aud: resource.appId,
      iss: issuerV2(origin, tenant.id),
      ...shared,
      azp: grant.clientId,
      azpacr: "0",
      preferred_username: session.account.username,
      ver: "2.0",
    };
  }
  return {
    aud: audience,
    iss: `${resource.issuer === "sts.windows.net" ? "https://sts.windows.net" : origin}/${tenant.id}/`,
    ...shared,
    acr: "1",
    amr: session.methods,
    appid: grant.clientId,
    appidacr: "0",
    idtyp: "user",
    ipaddr: "127.0.0.1",
    unique_name: session.account.username,
    upn: principalName(session.account, tenant),
    ver: "1.0",
  };
}

function idTokenClaims(issue: TokenIssue, { email }: ScopeRequest, state: EmulatorState): Claims {
  const { grant, tenant, origin, nonce } = issue;
  const { account } = grant.session;
  return {
    aud: grant.clientId,
    iss: issuerV2(origin, tenant.id),
    ...subject(issue, grant.clientId, state),
    iat: seconds(state),
    nbf: seconds(state),
    exp: seconds(state) + ID_TOKEN_LIFETIME_IN_S,
    preferred_username: account.username,
    ...(email ? { email: account.username } : {}),
    ...(nonce === undefined ? {} : { nonce }),
    sid: grant.session.id,
    uti: uniqueTokenIdentifier(),
    ver: "2.0",
    emulator: true,
  };
}

/** Whom a token speaks of. The `sub` differs per audience, the `oid` per tenant, neither per sign-in. */
function subject(
  { grant, tenant, origin }: TokenIssue,
  audienceId: string,
  { directory }: EmulatorState,
): Claims {
  const { account } = grant.session;
  const oid = directory.objectId(account, tenant.id) ?? account.objectId;
  const isGuest = account.tenantId !== tenant.id;
  return {
    name: account.displayName,
    oid,
    rh: "0.A",
    sub: createHash("sha256").update(`${oid} ${audienceId}`).digest("base64url"),
    tid: tenant.id,
    ...(isGuest ? { idp: issuerV2(origin, account.tenantId) } : {}),
  };
}

/** The issuer of version 2 tokens and of discovery: the tenant's own, on this emulator's origin. */
export function issuerV2(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

/** A guest's principal name carries the one it has at home. */
function principalName(account: EmulatorAccount, tenant: EmulatorTenant): string {
  if (account.tenantId === tenant.id || account.tenantId === PERSONAL_TENANT_ID) return account.username;
  return `${account.username.replace("@", "_")}#EXT#@${tenant.domain}`;
}

function uniqueTokenIdentifier(): string {
  return randomBytes(16).toString("base64url");
}

function seconds({ clock }: EmulatorState): number {
  return Math.floor(clock.now() / 1000);
}

/** A new session id. */
export function newSessionId(): string {
  return randomUUID();
}
