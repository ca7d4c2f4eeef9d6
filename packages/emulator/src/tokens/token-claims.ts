import { createHash, randomBytes } from "node:crypto";
import {
  PERSONAL_TENANT_ID,
  type EmulatorAccount,
  type EmulatorTenant,
} from "../directory/directory-types.ts";
import type { Grant } from "./grants.ts";
import { accessTokenIssuer, issuerOf } from "./issuers.ts";
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
/** Entra ID says of its tokens that they were issued five minutes ago, so that a clock that is late takes them. AD FS does not. */
const ISSUED_AGO_IN_S = 5 * 60;

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
    ...validity(issuer, lifetime),
    scp: permissions.join(" "),
    sid: session.id,
    uti: uniqueTokenIdentifier(),
    ...(continuous ? { xms_cc: ["cp1"] } : {}),
    ...(session.contexts.length > 0 ? { acrs: session.contexts } : {}),
    // Marks the token as worthless elsewhere, whatever its issuer says.
    emulator: true,
    emulator_epoch: issuer.grants.epoch(session.account),
  };
  if (resource.tokenVersion === 2) {
    return {
      aud: resource.appId,
      iss: issuerOf(origin, tenant),
      ...shared,
      azp: grant.clientId,
      azpacr: "0",
      preferred_username: session.account.username,
      ver: "2.0",
    };
  }
  return {
    aud: audience,
    iss:
      resource.issuer === "sts.windows.net"
        ? `https://sts.windows.net/${tenant.id}/`
        : accessTokenIssuer(origin, tenant),
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
  if (tenant.kind === "adfs") return adfsIdTokenClaims(issue, issuer);
  return {
    aud: grant.clientId,
    iss: issuerOf(origin, tenant),
    ...subject(issue, grant.clientId, issuer),
    ...validity(issuer, ID_TOKEN_LIFETIME_IN_S),
    preferred_username: account.username,
    ...(email ? { email: account.username } : {}),
    ...(nonce === undefined ? {} : { nonce }),
    sid: grant.session.id,
    uti: uniqueTokenIdentifier(),
    ver: "2.0",
    emulator: true,
  };
}

/** AD FS knows no tenant, and calls a person by the user principal name. */
function adfsIdTokenClaims({ grant, tenant, origin, nonce }: TokenSubject, issuer: TokenIssuer): Claims {
  const { session, clientId } = grant;
  const { username, objectId } = session.account;
  return {
    aud: clientId,
    iss: issuerOf(origin, tenant),
    iat: seconds(issuer),
    nbf: seconds(issuer),
    exp: seconds(issuer) + ID_TOKEN_LIFETIME_IN_S,
    auth_time: Math.floor(session.time / 1000),
    sub: createHash("sha256").update(`${objectId} ${clientId}`).digest("base64"),
    upn: username,
    unique_name: `${tenant.domain.split(".")[0]?.toUpperCase()}\\${username.split("@")[0]}`,
    ...(nonce === undefined ? {} : { nonce }),
    sid: session.id,
    emulator: true,
  };
}

function validity(issuer: TokenIssuer, lifetimeInS: number): Claims {
  const issued = seconds(issuer) - ISSUED_AGO_IN_S;
  return { iat: issued, nbf: issued, exp: seconds(issuer) + lifetimeInS };
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
  const sub = createHash("sha256").update(`${oid} ${audienceId}`).digest("base64url");
  if (tenant.kind === "adfs") return { sub };
  return {
    name: account.displayName,
    oid,
    rh: "0.A",
    sub,
    tid: tenant.id,
    ...(isGuest ? { idp: issuerOf(origin, directory.tenant(account.tenantId)) } : {}),
  };
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
