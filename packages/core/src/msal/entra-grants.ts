import type { AuthorityAnswer } from "../authority/authority-client.ts";

/** An authorization code and what proves that it is ours (RFC 6749 section 4.1, RFC 7636). */
export interface AuthorizationCodeGrant {
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

/** Both answers of a device authorization that a person has approved (RFC 8628 sections 3.2 and 3.5). */
export interface DeviceCodeGrant {
  readonly device: AuthorityAnswer;
  readonly token: AuthorityAnswer;
}
