import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";

/**
 * What checks a token: the SDK's `OAuthTokenVerifier`, by structure. The SDK's own declaration needs those of Express, which
 * not every server has.
 */
export interface TokenVerifier {
  /** @throws InvalidTokenError of the SDK for a token that is not to be taken; ServerError where that cannot be told. */
  verifyAccessToken(token: string): Promise<AuthInfo>;
}
