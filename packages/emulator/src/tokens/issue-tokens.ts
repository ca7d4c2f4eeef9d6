import { aadsts, entraTimestamp } from "../refusals/entra-error.ts";
import type { EmulatorAccount } from "../directory/directory-types.ts";
import { requestsContinuousAccess } from "../refusals/claims-request.ts";
import { requireConsent, requireContexts, requirePolicies } from "../directory/policies.ts";
import { parseScopes } from "./scopes.ts";
import type { Claims } from "./signing-keys.ts";
import { accessTokenClaims, idTokenClaims, type TokenSubject } from "./token-claims.ts";
import type { TokenIssuer } from "./token-issuer.ts";

/** One token request that has proved its grant. */
export interface TokenIssue extends TokenSubject {
  readonly scope: string;
  readonly claims?: string | undefined;
  /** Whether to say who the home account is. */
  readonly clientInfo: boolean;
  /** Whether a refresh token is due even though `offline_access` is not asked for again. */
  readonly renews?: boolean;
}

/** How long a token for a client that understands revocation lives, in seconds. */
const CONTINUOUS_ACCESS_LIFETIME_IN_S = 24 * 60 * 60;
/** From this lifetime on, Entra tells the client when to renew early, in seconds. */
const REFRESH_IN_FROM_S = 2 * 60 * 60;

/**
 * The body of a token answer (RFC 6749 section 5.1, and Entra's additions).
 * @throws EntraError whatever the tenant's rules refuse
 */
export function issueTokens(issue: TokenIssue, issuer: TokenIssuer): Claims {
  const { grant, tenant } = issue;
  const { session, clientId } = grant;
  const requested = parseScopes(issue.scope, issuer.directory, tenant.displayName);
  if (issuer.grants.isRevoked(session)) {
    const issuedAt = entraTimestamp(session.time);
    throw aadsts(50173, { issuedAt, validFrom: entraTimestamp(issuer.clock.now()) });
  }
  requireConsent(session.account, clientId, requested.resource, issuer);
  requirePolicies(session, tenant, requested.resource, issuer.directory);
  requireContexts(session, issue.claims, requested.resource);

  const continuous = requestsContinuousAccess(issue.claims);
  const lifetime = continuous ? CONTINUOUS_ACCESS_LIFETIME_IN_S : issuer.settings.accessTokenLifetimeInS;
  const renews = requested.offlineAccess || issue.renews === true;
  return {
    token_type: "Bearer",
    scope: requested.granted,
    expires_in: lifetime,
    ext_expires_in: lifetime,
    ...(lifetime >= REFRESH_IN_FROM_S ? { refresh_in: lifetime / 2 } : {}),
    access_token: issuer.keys.sign(accessTokenClaims(issue, requested, lifetime, continuous, issuer)),
    ...(renews
      ? {
          refresh_token: issuer.grants.refreshTokens.add({
            session,
            clientId,
            tenantId: grant.tenantId,
            scope: issue.scope,
            issuedAt: issuer.clock.now(),
          }),
        }
      : {}),
    ...(requested.openid ? { id_token: issuer.keys.sign(idTokenClaims(issue, requested, issuer)) } : {}),
    ...(issue.clientInfo && tenant.kind !== "adfs" ? { client_info: clientInfo(session.account) } : {}),
  };
}

/** Who the home account is: base64url JSON, as Entra's `client_info`. */
export function clientInfo({ objectId, tenantId }: EmulatorAccount): string {
  return Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString("base64url");
}
