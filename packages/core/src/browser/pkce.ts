/** The secrets of one authorization request: what makes its answer ours and its code useless to others. */
export interface AuthorizationSecrets {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636 section 4.1. */
  readonly codeVerifier: string;
  /** RFC 7636 section 4.2, method S256. */
  readonly codeChallenge: string;
}

/** Makes 256 random bits for each of state, nonce and code verifier. */
export async function createAuthorizationSecrets(): Promise<AuthorizationSecrets> {
  const codeVerifier = randomText();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  return {
    state: randomText(),
    nonce: randomText(),
    codeVerifier,
    codeChallenge: Buffer.from(digest).toString("base64url"),
  };
}

function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}
