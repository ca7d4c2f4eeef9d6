import type { AuthenticationRecord } from "../authentication-record.ts";
import type { TokenRequest } from "../flow/flow.ts";
import type { TokenCall } from "./token-call.ts";

/** What a flow is asked for. */
export function flowRequest(
  call: TokenCall,
  account: AuthenticationRecord | undefined,
  signal: AbortSignal,
): TokenRequest {
  return {
    scopes: call.scopes,
    tenantId: call.tenantId,
    ...(call.claims === undefined ? {} : { claims: call.claims }),
    enableCae: call.enableCae,
    ...(account === undefined ? {} : { account }),
    signal,
    correlationId: call.correlationId,
  };
}
