import { identifiersIn } from "../refusals/server-facts.ts";
import {
  AuthenticationError,
  type AuthenticationErrorInit,
  AuthenticationRequiredError,
} from "../errors/authentication-error.ts";
import type { PageName } from "../pages/page-words.ts";
import { redactText } from "../refusals/sent-secrets.ts";
import type { AuthorizationParameters } from "./authorization-parameters.ts";

/** What the person reads on the page, and what the caller gets. */
export interface AuthorizationFailure {
  readonly name: PageName;
  /** The authority's own words, for whoever helps the person. */
  readonly details?: string;
  readonly error: AuthenticationError;
}

export interface AuthorizationErrorContext {
  readonly scopes: readonly string[];
  readonly claims?: string | undefined;
  /** The request's own, for an answer without one. */
  readonly correlationId?: string | undefined;
  /** Values of this request that the authority's own text must not carry into an error. */
  readonly secrets: readonly string[];
  /** What is known about an AADSTS number. */
  readonly remedyFor?: RemedyFor | undefined;
}

/** A remedy for an AADSTS number, and whether a policy of the tenant refused whatever the person does. */
export type RemedyFor = (
  aadsts: number | undefined,
) => { readonly text: string; readonly conditionalAccess?: boolean | undefined } | undefined;

interface Meaning {
  /** What the person reads. */
  readonly name: PageName;
  /** For the developer. */
  readonly what: string;
  readonly remedy: string;
  readonly code: AuthenticationErrorInit["code"];
  readonly retryable?: boolean;
}

const CANCELLED: Meaning = {
  name: "cancelled",
  what: "Sign-in was cancelled in the browser",
  remedy: "Start the sign-in again when the person is ready",
  code: "user_cancelled",
};
const REFUSED: Meaning = {
  name: "refused",
  what: "Sign-in was refused in the browser",
  remedy: "Accept the requested permissions, or ask an administrator of the tenant to grant them",
  code: "access_denied",
};
const BLOCKED: Meaning = {
  name: "blocked",
  what: "A policy of the tenant blocked the sign-in in the browser",
  remedy: "Ask an administrator of the tenant which Conditional Access policy applies",
  code: "conditional_access",
};
const PERSON_NEEDED: Meaning = {
  name: "personNeeded",
  what: "The authority cannot go on without asking the person",
  remedy: 'Use a credential whose option "prompt" is not "none"',
  code: "authentication_required",
};
const BUSY: Meaning = {
  name: "busy",
  what: "The authority could not complete the sign-in right now",
  remedy: "Try again in a few minutes",
  code: "network",
  retryable: true,
};
const FAILED: Meaning = {
  name: "failed",
  what: "The authority did not accept the sign-in request",
  remedy: "Check the app registration: client ID, redirect URI and permissions",
  code: "service",
};

// RFC 6749 section 4.1.2.1 and OpenID Connect Core section 3.1.2.6.
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ["access_denied", REFUSED],
  ["interaction_required", PERSON_NEEDED],
  ["login_required", PERSON_NEEDED],
  ["consent_required", PERSON_NEEDED],
  ["account_selection_required", PERSON_NEEDED],
  ["temporarily_unavailable", BUSY],
  ["server_error", BUSY],
  ["invalid_request", FAILED],
  ["invalid_client", FAILED],
  ["invalid_resource", FAILED],
  ["invalid_scope", FAILED],
  ["unauthorized_client", FAILED],
  ["unsupported_response_type", FAILED],
]);

const LONGEST_DESCRIPTION = 2000;

/**
 * The typed error for an authorization error response. `error` and `error_subcode` decide; the AADSTS number only
 * adds what is known about it.
 */
export function authorizationFailure(
  answer: AuthorizationParameters & { readonly error: string },
  context: AuthorizationErrorContext,
): AuthorizationFailure {
  const cancelled = answer.error === "access_denied" && answer.error_subcode === "cancel";
  const known = MEANINGS.get(answer.error);
  const description = redactText(answer.error_description ?? "", context.secrets).slice(
    0,
    LONGEST_DESCRIPTION,
  );
  const ids = identifiersIn(description);
  const remedy = context.remedyFor?.(ids.aadsts);
  const meaning = cancelled ? CANCELLED : remedy?.conditionalAccess === true ? BLOCKED : (known ?? FAILED);
  const init: Omit<AuthenticationErrorInit, "code"> = {
    what: meaning.what,
    // Asking the person is what this request ruled out; whatever else is known of the number comes after that.
    remedy: meaning === PERSON_NEEDED ? meaning.remedy : (remedy?.text ?? meaning.remedy),
    // Only words of the standards are stable enough to branch on; anything else stays in the text.
    detail: cancelled ? "cancel" : known && answer.error,
    serverText: serverText(redactText(answer.error, context.secrets), description),
    retryable: meaning.retryable,
    ...ids,
    correlationId: ids.correlationId ?? context.correlationId,
  };
  const error =
    meaning.code === "authentication_required"
      ? new AuthenticationRequiredError({ ...init, scopes: context.scopes, claims: context.claims })
      : new AuthenticationError({ ...init, code: meaning.code });
  return { name: meaning.name, details: description, error };
}

function serverText(error: string, description: string): string {
  // The identifiers follow in the message by themselves.
  const [words = ""] = description.split(/(?:Trace ID|Correlation ID|Timestamp): /, 1);
  return [error, words.trimEnd()].filter(Boolean).join(": ").slice(0, 1200);
}
