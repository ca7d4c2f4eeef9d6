import {
  AuthenticationRequiredError,
  isAuthenticationError,
  type AuthenticationError,
} from "@entrada/core/flow";
import type { TokenRequest } from "@entrada/core/flow";

/** Who asks for a sign-in gets the dialog, although the broker hangs when it is asked without one. */
export function personInstead(
  cause: AuthenticationError,
  request: TokenRequest,
): AuthenticationRequiredError {
  const { scopes, claims, correlationId } = request;
  const { detail, message: what, hint: remedy } = cause;
  return new AuthenticationRequiredError({ what, remedy, detail, scopes, claims, correlationId, cause });
}

/** Nobody can be served without a person. `detail` and `what` say why. */
export function mustSignIn(request: TokenRequest, detail: string, what: string): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    what,
    remedy: "Call authenticate() to sign in",
    detail,
    scopes: request.scopes,
    claims: request.claims,
    correlationId: request.correlationId,
  });
}

/** Whether the broker did not answer in time. */
export function isTimeout(error: unknown): error is AuthenticationError {
  return isAuthenticationError(error) && error.code === "timeout";
}
