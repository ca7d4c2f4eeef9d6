import type { TokenCall } from "./token-call.ts";

/**
 * The key of a token within one credential, which is one client, authority and account: all the rest that changes
 * the token. A newline cannot be in any of the parts.
 */
export function tokenKey(scope: string, tenantId: string, enableCae: boolean): string {
  return enableCae ? `${scope}\n${tenantId}\ncae` : `${scope}\n${tenantId}\n`;
}

/** The key under which the token of a call is remembered: claims belong to the call, not to the token. */
export function keyOfToken(call: TokenCall): string {
  return tokenKey(call.scopes.join(" "), call.tenantId, call.enableCae);
}

/** The key under which calls share one request. */
export function keyOfRequest(call: TokenCall): string {
  return call.claims === undefined ? keyOfToken(call) : `${keyOfToken(call)}\n${call.claims}`;
}
