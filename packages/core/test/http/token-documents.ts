/** What a token endpoint of Entra sends after a sign-in, with an ID token whose signature nobody looks at. */

export const TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
export const CLIENT = "00001111-aaaa-2222-bbbb-3333cccc4444";
export const CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";
export const NOW: number = Date.UTC(2026, 5, 1);
export const ISSUER = "https://login.microsoftonline.com/{tenantid}/v2.0";

export type Json = Record<string, unknown>;

export function goodClaims(changes: Json = {}): Json {
  return {
    aud: CLIENT,
    iss: ISSUER.replace("{tenantid}", TENANT),
    iat: NOW / 1000,
    nbf: NOW / 1000,
    exp: NOW / 1000 + 3600,
    tid: TENANT,
    oid: "22223333-cccc-4444-dddd-5555eeee6666",
    sub: "subject",
    preferred_username: "ana@contoso.test",
    nonce: "n-1",
    ver: "2.0",
    ...changes,
  };
}

export function idToken(claims: unknown, header: unknown = { typ: "JWT", alg: "RS256", kid: "k" }): string {
  return `${encoded(header)}.${encoded(claims)}.c2lnbmF0dXJl`;
}

export function clientInfo(changes: Json = {}): string {
  return encoded({ uid: "22223333-cccc-4444-dddd-5555eeee6666", utid: TENANT, ...changes });
}

export function goodAnswer(changes: Json = {}): Json {
  return {
    token_type: "Bearer",
    scope: "email openid profile https://graph.microsoft.com/User.Read",
    expires_in: 3600,
    ext_expires_in: 3600,
    refresh_in: 1800,
    access_token: "eyJ0eXAi.access-token.sig",
    refresh_token: "0.refresh-token",
    id_token: idToken(goodClaims()),
    client_info: clientInfo(),
    ...changes,
  };
}

export function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value) ?? "").toString("base64url");
}
