import { nodeCrypto } from "../node-crypto.ts";

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
export function createAuthorizationSecrets(): AuthorizationSecrets {
  const codeVerifier = randomText();
  return {
    state: randomText(),
    nonce: randomText(),
    codeVerifier,
    codeChallenge: nodeCrypto().createHash("sha256").update(codeVerifier).digest("base64url"),
  };
}

function randomText(): string {
  return nodeCrypto().randomBytes(32).toString("base64url");
}
