import type { AuthenticationRecord } from "@entrada/core";
import type { WamAccount, WamAccountKind, WamResponse } from "@entrada/wam";

export const CLIENT_ID = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
export const PERSONAL_TENANT_ID = "9188040d-6c67-4c5b-b112-36a304b66dad";
export const CONTOSO = "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10";
export const FABRIKAM = "a86d4e91-7c25-4f0e-8b3a-6e19c2d4b705";

/** A person's account, as Entra ID has it. */
export interface FakeAccount {
  readonly username: string;
  /** The object id at home. */
  readonly objectId: string;
  /** The home tenant. */
  readonly tenantId: string;
  readonly name: string;
  /** Object ids in other tenants. */
  readonly guestOf?: Readonly<Record<string, string>>;
  /** Windows lists this account by its ids in another tenant, and says nothing of its home. */
  readonly listedAsGuestOf?: string;
}

export const ADA: FakeAccount = {
  username: "ada@contoso.example",
  objectId: "3d1c0f6e-52a7-4b8e-9f20-71c6d5e8a9b4",
  tenantId: CONTOSO,
  name: "Ada Byron",
};
export const BOB: FakeAccount = {
  username: "bob@contoso.example",
  objectId: "8b7e2a15-04d9-4c63-a1f8-2e9b6c0d7f53",
  tenantId: CONTOSO,
  name: "Bob Boole",
};
export const GUEST: FakeAccount = {
  username: "grace@fabrikam.example",
  objectId: "e25a8c40-9f7b-4d31-86e5-b0c3d1f4a792",
  tenantId: FABRIKAM,
  name: "Grace Murray",
  guestOf: { [CONTOSO]: "c4f9d27b-6e13-48a0-b5d2-90a7e1c3f86d" },
  listedAsGuestOf: CONTOSO,
};
export const SOPHIE: FakeAccount = {
  username: "sophie@mail.example",
  objectId: "00000000-0000-0000-4d2c-8e5b7a9f1c06",
  tenantId: PERSONAL_TENANT_ID,
  name: "Sophie Germain",
};
/** A personal account that Contoso has invited. */
export const SOPHIE_AS_GUEST: FakeAccount = {
  ...SOPHIE,
  guestOf: { [CONTOSO]: "70e1b9c4-2d58-4f36-a07b-e5c93f1d8264" },
  listedAsGuestOf: CONTOSO,
};

/** Which plugin serves the account. As a guest, also a personal account is one of Entra's. */
export function kindOf({ tenantId, listedAsGuestOf }: FakeAccount): WamAccountKind {
  return tenantId === PERSONAL_TENANT_ID && listedAsGuestOf === undefined ? "consumers" : "organizations";
}

export function homeIdOf({ objectId, tenantId }: FakeAccount): string {
  return `${objectId}.${tenantId}`;
}

/** The account's record, as an earlier process may have stored it. */
export function recordOf(account: FakeAccount, tenantId: string = account.tenantId): AuthenticationRecord {
  return {
    authority: "login.microsoftonline.com",
    homeAccountId: homeIdOf(account),
    clientId: CLIENT_ID,
    tenantId,
    username: account.username,
  };
}

/** The account as WAM describes it. */
export function webAccountOf(account: FakeAccount): WamAccount {
  const { username: userName, objectId, tenantId, listedAsGuestOf: guestTenant } = account;
  const id = `wam-${username(account)}`;
  if (kindOf(account) === "consumers") {
    return { id, userName, state: 1, properties: { SafeCustomerId: objectId.slice(19).replace("-", "") } };
  }
  const properties: Record<string, string> = guestTenant
    ? { OID: account.guestOf?.[guestTenant] ?? "", TenantId: guestTenant }
    : { OID: objectId, TenantId: tenantId, HomeOID: objectId, HomeTenantId: tenantId };
  return { id, userName, state: 1, properties: { UPN: userName, DisplayName: account.name, ...properties } };
}

export interface FakeGrant {
  readonly account: FakeAccount;
  readonly clientId: string;
  readonly scope: string;
  readonly tenantId: string;
  readonly serial: number;
  /** In ms since 1970. */
  readonly now: number;
}

const SECONDS_FROM_1601_TO_1970 = 11_644_473_600;

/** A good answer, in the form of the account's plugin. */
export function responseOf(grant: FakeGrant): WamResponse {
  return kindOf(grant.account) === "consumers" ? personalResponse(grant) : entraResponse(grant);
}

function entraResponse(grant: FakeGrant): WamResponse {
  const { account, scope, now } = grant;
  return {
    token: tokenOf(grant),
    properties: {
      TokenExpiresOn: String(Math.floor(now / 1000) + 3600 + SECONDS_FROM_1601_TO_1970),
      wamcompat_id_token: idTokenOf(grant),
      wamcompat_client_info: clientInfoOf(account),
      wamcompat_scopes: scope,
      Authority: `https://login.microsoftonline.com/${grant.tenantId}`,
    },
    account: webAccountOf(account),
  };
}

function personalResponse(grant: FakeGrant): WamResponse {
  const pairs = {
    access_token: tokenOf(grant),
    token_type: "bearer",
    scope: grant.scope,
    expires_in: "3600",
    id_token: idTokenOf(grant),
    client_info: clientInfoOf(grant.account),
  };
  const token = Object.entries(pairs)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return { token, properties: {}, account: webAccountOf(grant.account) };
}

export function clientInfoOf({ objectId, tenantId }: FakeAccount): string {
  return base64url({ uid: objectId, utid: tenantId });
}

export function idTokenOf({ account, clientId, tenantId, now }: FakeGrant): string {
  const oid = account.guestOf?.[tenantId] ?? account.objectId;
  const claims = {
    aud: clientId,
    tid: tenantId,
    oid,
    sub: `sub-${oid}`,
    preferred_username: account.username,
    name: account.name,
    exp: Math.floor(now / 1000) + 3600,
  };
  return `${base64url({ alg: "none" })}.${base64url(claims)}.c2lnbmF0dXJl`;
}

function tokenOf({ account, scope, serial }: FakeGrant): string {
  return `secret-token-${serial}-${username(account)}-${Buffer.from(scope).toString("base64url")}`;
}

function username(account: FakeAccount): string {
  return account.username.split("@")[0] ?? "";
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
