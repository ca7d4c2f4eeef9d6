import { AuthenticationError } from "@entrada/core/credential";

/** An answer that is not what WAM's answers are. `field` says where; its value is not repeated. */
export function unacceptable(field: string): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail: "broker_invalid_response",
    what: `The broker's answer is not acceptable: ${field} is missing or malformed`,
    remedy: "Try again; if it stays, sign in with the browser and report this",
  });
}
