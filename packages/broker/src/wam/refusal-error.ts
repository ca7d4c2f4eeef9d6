import {
  AuthenticationError,
  AuthenticationRequiredError,
  isAuthenticationRequired,
  serverError,
} from "@entrada/core/flow";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { TokenAsk } from "./token-ask.ts";
import type { WamRefusal } from "./wam-refusal.ts";
import { WamResultError } from "./wam-result-error.ts";

export interface RefusedRequest {
  readonly ask: TokenAsk;
  /** Whether the person has just acted: then "the person must act" ends the sign-in instead of asking again. */
  readonly interactive: boolean;
}

/** The redirect URI that WAM uses. It is not sent, but the app registration must have it, in this spelling. */
export function brokerRedirectUri(clientId: string): string {
  return `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`;
}

/** A refusal as the typed error that the caller gets. Its message holds WAM's number, for people who look it up. */
export function refusalError(refusal: WamRefusal, request: RefusedRequest): AuthenticationError {
  const { meaning, text } = refusal;
  const cause = causeOf(refusal);
  const { correlationId } = request.ask;
  const said = { serverText: shortened(text), correlationId, cause };
  const failed = `Windows gave no token (${figuresOf(refusal)})`;
  switch (meaning.kind) {
    case "cancelled":
      return new AuthenticationError({
        ...said,
        code: "user_cancelled",
        detail: "dialog_closed",
        what: `The person closed Windows's sign-in dialog (${figuresOf(refusal)})`,
        remedy: "Call authenticate() to ask again",
      });
    case "unavailable":
      return brokerUnavailable({ reason: meaning.reason, cause });
    case "no_network":
      return new AuthenticationError({
        ...said,
        code: "network",
        detail: "no_network",
        what: `Windows cannot reach the authority (${figuresOf(refusal)})`,
        remedy: "Try again; look at the VPN and the proxy settings of Windows, which the broker uses",
        retryable: true,
      });
    case "server_busy":
    case "passing":
      return new AuthenticationError({
        ...said,
        code: "network",
        detail: meaning.kind === "passing" ? "broker_busy" : "server_unavailable",
        what: failed,
        remedy: "Try again in a moment",
        retryable: true,
      });
    case "account_gone":
      return refusedByAuthority("interaction_required", refusal, request, "account_not_found");
    case "person_needed":
      return refusedByAuthority("interaction_required", refusal, request);
    case "oauth":
      return refusedByAuthority(meaning.word, refusal, request);
    case "unexpected":
      return new AuthenticationError({
        ...said,
        code: "service",
        detail: "broker_error",
        what: failed,
        remedy: "Look the number up in Microsoft's documentation of WAM errors, or sign in with the browser",
      });
  }
}

// The authority's words and numbers are read where all flows read them; WAM only carries them.
function refusedByAuthority(
  word: string,
  refusal: WamRefusal,
  { ask, interactive }: RefusedRequest,
  detail?: string,
): AuthenticationError {
  const { clientId, tenantId, scopes, claims, correlationId } = ask;
  const what = `Windows gave no token (${figuresOf(refusal)})`;
  const description = shortened(refusal.text);
  const error = blamed(
    causeOf(refusal),
    serverError(
      { status: 400, json: { error: word, ...(description ? { error_description: description } : {}) } },
      {
        what,
        scopes,
        claims,
        clientId,
        tenantId,
        redirectUri: brokerRedirectUri(clientId),
        interactive,
        correlationId,
        flow: "broker",
      },
    ),
  );
  if (isAuthenticationRequired(error) && interactive) return afterPrompt(error);
  if (detail !== undefined && isAuthenticationRequired(error)) {
    return new AuthenticationRequiredError({
      what: "Windows no longer knows the account",
      remedy: "Call authenticate() to sign in",
      detail,
      scopes,
      claims,
      correlationId,
      cause: causeOf(refusal),
    });
  }
  return REGISTRATION_WORDS.has(word)
    ? withRedirectUri(error, { what, clientId, serverText: description })
    : error;
}

function causeOf({ cause, status, code, ...refusal }: WamRefusal): unknown {
  if (cause !== undefined || status === undefined) return cause;
  return new WamResultError(status, code, figuresOf({ ...refusal, status, code }));
}

// The errors that come from the authority's words end with none of Windows's.
function blamed(cause: unknown, error: AuthenticationError): AuthenticationError {
  let innermost: Error = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  Object.defineProperty(innermost, "cause", { value: cause, configurable: true, writable: true });
  return error;
}

// The person has acted, and WAM still wants them to: a new prompt would only go round in circles.
function afterPrompt(error: AuthenticationError): AuthenticationError {
  return error.cause instanceof AuthenticationError
    ? error.cause
    : new AuthenticationError({ code: "service", what: error.message, cause: error });
}

const REGISTRATION_WORDS: ReadonlySet<string> = new Set([
  "invalid_client",
  "invalid_request",
  "unauthorized_client",
]);

// Most of these come from a missing redirect URI, and WAM seldom says so.
function withRedirectUri(
  error: AuthenticationError,
  said: { readonly what: string; readonly clientId: string; readonly serverText: string | undefined },
): AuthenticationError {
  const { what, clientId, serverText } = said;
  const redirectUri = brokerRedirectUri(clientId);
  if (error.hint?.includes(redirectUri)) return error;
  const register = `Add the redirect URI ${redirectUri} under "Mobile and desktop applications" in the app registration of ${clientId}`;
  const { code, detail, aadsts, correlationId, traceId, timestamp } = error;
  return new AuthenticationError({
    code,
    detail,
    what,
    remedy: error.hint === undefined ? register : `${error.hint}. ${register}`,
    serverText,
    aadsts,
    correlationId,
    traceId,
    timestamp,
    cause: error.cause,
  });
}

/** "status 5, 0xCAA20009 = 3399614473": people search for either spelling. */
function figuresOf({ status, code, step }: WamRefusal): string {
  const number = code === undefined ? "" : `0x${code.toString(16).toUpperCase().padStart(8, "0")} = ${code}`;
  return [step, status === undefined ? "" : `status ${status}`, number].filter(Boolean).join(", ");
}

const LONGEST_TEXT = 1000;

function shortened(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text.trim().slice(0, LONGEST_TEXT);
}
