import { Buffer } from "node:buffer";

/** The people and answers that the fake has in every case of the comparison. */
export const clientId = "aaaaaaaa-0000-4000-8000-00000000000b";
export const correlationId = "33333333-3333-3333-3333-333333333333";
export const organizations = "https://login.microsoftonline.com/organizations";
export const tenantId = "22222222-2222-2222-2222-222222222222";
export const tenant = `https://login.microsoftonline.com/${tenantId}`;
export const government = "https://login.microsoftonline.us/organizations";
export const userName = "alice@contoso.example";
export const webAccountId = "alice-web-account";
export const scope = "https://graph.microsoft.com/User.Read";

const objectId = "11111111-1111-1111-1111-111111111111";
const secondsFrom1601To1970 = 11_644_473_600;

export const directory: Readonly<Record<string, string>> = {
  default: "organizations",
  accounts: "alice",
  "account.alice.id": webAccountId,
  "account.alice.user": userName,
  "account.alice.prop.OID": objectId,
  "account.alice.prop.TenantId": tenantId,
  "account.alice.prop.Authority": tenant,
  "account.alice.prop.UPN": userName,
  "token.account": "alice",
  "token.token": "access-token",
  "token.prop.wamcompat_id_token": idToken(),
  "token.prop.wamcompat_client_info": encoded({ uid: objectId, utid: tenantId }),
  "token.prop.wamcompat_scopes": scope,
  "token.prop.TokenExpiresOn": String(4_102_444_800 + secondsFrom1601To1970),
  "token.prop.Authority": tenant,
};

function idToken(): string {
  const claims = {
    oid: objectId,
    tid: tenantId,
    sub: "subject",
    preferred_username: userName,
    name: "Alice",
    ver: "2.0",
    iss: `${tenant}/v2.0`,
  };
  return `${encoded({ alg: "none", typ: "JWT" })}.${encoded(claims)}.signature`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
