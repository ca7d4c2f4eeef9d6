import type { TokenCall } from "./token-call.ts";

/**
 * What tells the tokens of one credential apart, which is one client, authority and account. Claims are not in it:
 * they belong to a call, and the token that they brought is everybody's afterwards.
 */
export interface TokenKey {
  /** Sorted, separated by spaces. */
  readonly scope: string;
  readonly tenantId: string;
  readonly enableCae: boolean;
}

export function keyOfToken({ scopes, tenantId, enableCae }: TokenCall): TokenKey {
  return { scope: scopes.join(" "), tenantId, enableCae };
}

/** The key under which calls share one request. A newline cannot be in scopes or tenants. */
export function keyOfRequest(call: TokenCall): string {
  return [call.scopes.join(" "), call.tenantId, call.enableCae ? "cae" : "", call.claims ?? ""].join("\n");
}
