import { isAuthenticationError, type AuthenticationErrorCode } from "../errors/authentication-error.ts";

// What the authority, a policy, the person or a check of whose token it is has said: no older token goes against it.
const HEARD: ReadonlySet<AuthenticationErrorCode> = new Set([
  "authentication_required",
  "user_cancelled",
  "access_denied",
  "device_code_expired",
  "conditional_access",
  "tenant_not_allowed",
  "account_mismatch",
  "browser_unavailable",
  "unsupported",
]);
// RFC 6749, section 5.2; RFC 8628, section 3.5; OpenID Connect Core 1.0, section 3.1.2.6. A proxy may answer in JSON,
// too, but in other words.
const WORDS_OF_THE_PROTOCOL: ReadonlySet<string> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "invalid_resource",
  "invalid_scope",
  "invalid_target",
  "unauthorized_client",
  "unsupported_grant_type",
  "unsupported_response_type",
  "bad_verification_code",
]);

/**
 * Whether a renewal failed for something between here and the authority, or on this machine, and not because the
 * authority or the person said no: then a token that is still valid goes on being served.
 */
export function isFaultOnTheWay(error: unknown): boolean {
  if (!isAuthenticationError(error)) return (error as Error | undefined)?.name !== "AbortError";
  const { code, detail = "", aadsts, retryable } = error;
  if (detail === "prompt_cooldown") return false;
  if (retryable) return true;
  if (code === "service") return aadsts === undefined && !WORDS_OF_THE_PROTOCOL.has(detail);
  return !HEARD.has(code);
}
