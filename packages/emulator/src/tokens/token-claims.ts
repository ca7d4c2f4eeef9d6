import { createHash, randomBytes } from "node:crypto";
import {
  PERSONAL_TENANT_ID,
  type EmulatorAccount,
  type EmulatorTenant,
} from "../directory/directory-types.ts";
import type { Grant } from "./grants.ts";
import type { ScopeRequest } from "./scopes.ts";
import type { Claims } from "./signing-keys.ts";
import type { TokenIssuer } from "./token-issuer.ts";

/** Whom tokens are about, and who issues them. */
export interface TokenSubject {
  readonly grant: Grant;
  /** The tenant the tokens are for. */
  readonly tenant: EmulatorTenant;
  /** The emulator as the client names it. */
  readonly origin: string;
  readonly nonce?: string | undefined;
}

const ID_TOKEN_LIFETIME_IN_S = 60 * 60;

/** The claims of an access token (Microsoft Entra: "Access token claims reference"). */
export function accessTokenClaims(
  issue: TokenSubject,
  { resource, audience, permissions }: ScopeRequest,
  lifetime: number,
  continuous: boolean,
  issuer: TokenIssuer,
): Claims {
  const { grant, tenant, origin } = issue;
  const { session } = grant;
  const shared = {
    ...subject(issue, resource.appId, issuer),
    iat: seconds(issuer),
    nbf: seconds(issuer),
    exp: seconds(issuer) + lifetime,
    scp: permissions.join(" "),
    sid: session.id,
    uti: uniqueTokenIdentifier(),
    ...(continuous ? { xms_cc: ["cp1"] } : {}),
    // Marks the token as worthless elsewhere, whatever its issuer says.
    emulator: true,
    emulator_epoch: issuer.grants.epoch(session.account),
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

/** The claims of an id token (Microsoft Entra: "ID token claims reference"). */
export function idTokenClaims(issue: TokenSubject, { email }: ScopeRequest, issuer: TokenIssuer): Claims {
  const { grant, tenant, origin, nonce } = issue;
  const { account } = grant.session;
  return {
    aud: grant.clientId,
    iss: issuerV2(origin, tenant.id),
    ...subject(issue, grant.clientId, issuer),
    iat: seconds(issuer),
    nbf: seconds(issuer),
    exp: seconds(issuer) + ID_TOKEN_LIFETIME_IN_S,
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
  { grant, tenant, origin }: TokenSubject,
  audienceId: string,
  { directory }: TokenIssuer,
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

function seconds({ clock }: TokenIssuer): number {
  return Math.floor(clock.now() / 1000);
}
