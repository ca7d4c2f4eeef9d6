import { AuthenticationError } from "@entrada/core/credential";

/** The helper in Windows ended while it was asked. */
export function brokerEnded(cause: unknown): AuthenticationError {
  return new AuthenticationError({
    code: "service",
    detail: "broker_ended",
    what: "The helper that asks the broker of Windows ended before it had answered",
    remedy: "Try again; if it stays, look at this error's cause, or sign in with the browser",
    cause,
  });
}
