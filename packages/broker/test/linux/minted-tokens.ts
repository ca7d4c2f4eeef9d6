import type { FakeAccount } from "../fake-account.ts";

export interface MintRequest {
  readonly clientId: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  readonly claims?: string | undefined;
}

export interface MintedTokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly clientInfo: string;
  readonly grantedScopes: string;
  /** In ms since 1970. */
  readonly expiresOn: number;
}

export type Mint = (account: FakeAccount, request: MintRequest) => MintedTokens | Promise<MintedTokens>;

let count = 0;

/** Tokens that nobody has signed: enough for everything but a resource. */
export const mintedHere: Mint = (account, { clientId, tenantId, scopes, claims }) => {
  const expiresOn = Date.now() + 3_600_000;
  const oid =
    tenantId === account.tenantId ? account.objectId : (account.guestOf?.[tenantId] ?? account.objectId);
  const person = { oid, tid: tenantId };
  const exp = Math.floor(expiresOn / 1000);
  count += 1;
  return {
    accessToken: jwt({ ...person, scp: scopes.join(" "), exp, nonce: count, ...(claims ? { claims } : {}) }),
    idToken: jwt({ ...person, aud: clientId, preferred_username: account.username, exp }),
    clientInfo: base64url({ uid: account.objectId, utid: account.tenantId }),
    grantedScopes: scopes.join(" "),
    expiresOn,
  };
};

export function jwt(claims: object): string {
  return `${base64url({ alg: "RS256", typ: "JWT" })}.${base64url(claims)}.secret-token-signature`;
}

export function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
