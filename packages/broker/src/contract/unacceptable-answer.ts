import { AuthenticationError } from "@entrada/core/credential";

/** The `detail` of whatever came from a broker in place of an answer. */
export const BROKER_INVALID_RESPONSE = "broker_invalid_response";

/** An answer that is not what WAM's answers are. `field` says where; its value is not repeated. */
export function unacceptable(field: string): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail: BROKER_INVALID_RESPONSE,
    what: `The broker's answer is not acceptable: ${field} is missing or malformed`,
    remedy: "Try again; if it stays, sign in with the browser and report this",
  });
}
