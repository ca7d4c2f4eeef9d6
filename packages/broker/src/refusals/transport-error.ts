import { AuthenticationError, isAuthenticationError } from "@entrada/core/credential";
import { BROKER_INVALID_RESPONSE } from "../contract/unacceptable-answer.ts";
import { refusalError } from "./refusal-error.ts";
import { REFUSAL_WORDS } from "./refusal-words.ts";
import type { RefusedRequest } from "./refused-request.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { isWamError, refusalOfError } from "./wam-refusal.ts";

/**
 * What a failed call to the transport means to the caller: a `WamError` what Windows said; an abort, a typed error and
 * a wrong argument what they are; anything else, `invalid_response` with the error as its `cause`.
 */
export function transportError(
  error: unknown,
  ask: TokenAsk,
  shown: Omit<RefusedRequest, "ask"> = { interactive: false },
): unknown {
  if (isWamError(error)) return refusalError(refusalOfError(error), { ask, ...shown });
  if (isAbort(error) || isAuthenticationError(error) || isWrongArgument(error)) return error;
  return new AuthenticationError({
    code: "invalid_response",
    detail: BROKER_INVALID_RESPONSE,
    what: "The way to the broker failed in place of an answer",
    remedy:
      "Look at this error's cause; try again, and if it stays, sign in with the browser and report this",
    correlationId: ask.correlationId,
    cause: error,
  });
}

/** Whether the transport broke, rather than answered badly: no other account would mend that. */
export function isBrokenTransport(error: AuthenticationError): boolean {
  return error.detail === BROKER_INVALID_RESPONSE && error.cause !== undefined;
}

/** Whether a call to Windows failed, rather than was answered, and its number says nothing. */
export function isUnexplainedCall(error: unknown): error is AuthenticationError {
  if (!isAuthenticationError(error)) return false;
  return error.detail === REFUSAL_WORDS.unexpected.detail && isWamError(error.cause);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

// Node's way to say so, and the native module's: a TypeError alone may as well be a mistake within the transport.
function isWrongArgument(error: unknown): boolean {
  return error instanceof TypeError && typeof (error as { readonly code?: unknown }).code === "string";
}
