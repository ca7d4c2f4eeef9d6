import { AuthenticationRequiredError } from "../errors/authentication-error.ts";
import type { TokenCall } from "./token-call.ts";

/**
 * The error of a call that may not ask a person, and cannot do without one.
 * @param reason - why not, as the authority or the cache said it
 */
export function personNeeded(
  call: TokenCall,
  reason?: AuthenticationRequiredError,
): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    what: "A person must sign in, and this call may not ask",
    remedy: "Call authenticate() with the scopes and claims of this error",
    detail: reason?.detail,
    scopes: call.scopes,
    claims: reason?.claims ?? call.claims,
    getTokenOptions: call.options,
    cause: reason?.cause ?? reason,
    aadsts: reason?.aadsts,
    correlationId: reason?.correlationId,
    traceId: reason?.traceId,
    timestamp: reason?.timestamp,
  });
}
