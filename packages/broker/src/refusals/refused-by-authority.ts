import {
  AuthenticationError,
  AuthenticationRequiredError,
  isAuthenticationRequired,
  otherClouds,
  serverError,
} from "@entrada/core/flow";
import { causeOf, shortened, withFigures } from "./refusal-figures.ts";
import type { RefusedRequest } from "./refused-request.ts";
import { MENDED_BY, type OAuthWord } from "./refusal-meaning.ts";
import { NO_TOKEN, type RefusalWords } from "./refusal-words.ts";
import type { WamRefusal } from "./wam-refusal.ts";

/** The redirect URI that WAM uses. It is not sent, but the app registration must have it, in this spelling. */
export function brokerRedirectUri(clientId: string): string {
  return `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`;
}

/**
 * An OAuth error that WAM only carries: the authority's words and numbers are read where all flows read them.
 * @param better - in place of the authority's words, where WAM itself knows better
 */
export function refusedByAuthority(
  word: OAuthWord,
  refusal: WamRefusal,
  { ask, interactive }: RefusedRequest,
  better?: RefusalWords,
): AuthenticationError {
  const { clientId, authorityHost, tenantId, scopes, claims, correlationId } = ask;
  const what = withFigures(NO_TOKEN, refusal);
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
        otherClouds: otherClouds(authorityHost),
        interactive,
        correlationId,
      },
    ),
  );
  if (isAuthenticationRequired(error) && interactive) return afterPrompt(error);
  if (better && isAuthenticationRequired(error)) {
    return new AuthenticationRequiredError({
      ...better,
      scopes,
      claims,
      correlationId,
      cause: causeOf(refusal),
    });
  }
  return MENDED_BY[word] === "registration"
    ? withRedirectUri(error, { what, clientId, serverText: description })
    : error;
}

// The errors that come from the authority's words end with none of Windows's.
function blamed(cause: unknown, error: AuthenticationError): AuthenticationError {
  if (cause === undefined) return error;
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
