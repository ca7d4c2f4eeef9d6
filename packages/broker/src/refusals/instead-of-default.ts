import {
  AuthenticationRequiredError,
  isAuthenticationError,
  isAuthenticationRequired,
} from "@entrada/core/credential";
import type { TokenRequest } from "@entrada/core/flow";
import { MENDED_BY } from "./refusal-meaning.ts";
import { isBrokenTransport } from "./transport-error.ts";

// No picker would help: the network is down, the registration is wrong, there is no broker.
const SURFACING_CODES: ReadonlySet<string> = new Set(["network", "broker_unavailable", "unsupported"]);
const SURFACING_DETAILS: ReadonlySet<string> = new Set(
  Object.entries(MENDED_BY).flatMap(([word, by]) => (by === "person" ? [] : [word])),
);

/** The part of a request that an error tells. */
export type AskedOfDefault = Pick<TokenRequest, "scopes" | "correlationId"> & {
  readonly claims?: string | undefined;
};

/** What follows when the account of Windows gives no token: the picker, unless a picker could not help. */
export function insteadOfDefault(error: unknown, request: AskedOfDefault): unknown {
  if (!isAuthenticationError(error) || isAuthenticationRequired(error)) return error;
  if (isBrokenTransport(error)) return error;
  if (SURFACING_CODES.has(error.code) || SURFACING_DETAILS.has(error.detail ?? "")) return error;
  return new AuthenticationRequiredError({
    what: "Windows's own account gave no token",
    remedy: "Call authenticate() to choose an account",
    detail: "default_account_refused",
    scopes: request.scopes,
    claims: request.claims,
    aadsts: error.aadsts,
    correlationId: request.correlationId,
    cause: error,
  });
}
