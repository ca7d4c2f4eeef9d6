import {
  AuthenticationError,
  type AuthenticationErrorInit,
  AuthenticationRequiredError,
} from "../errors/authentication-error.ts";
import type { AuthorizationParameters } from "./authorization-parameters.ts";

/** What the person reads on the page, and what the caller gets. */
export interface AuthorizationFailure {
  readonly title: string;
  readonly message: string;
  readonly error: AuthenticationError;
}

interface Meaning {
  readonly title: string;
  /** For the page; also the first sentence of the error. */
  readonly what: string;
  readonly remedy: string;
  readonly code: AuthenticationErrorInit["code"];
  readonly retryable?: boolean;
}

const CANCELLED: Meaning = {
  title: "Sign-in was cancelled",
  what: "The sign-in was cancelled in the browser",
  remedy: "Start the sign-in again when you are ready",
  code: "user_cancelled",
};
const REFUSED: Meaning = {
  title: "Sign-in was refused",
  what: "Sign-in was refused in the browser",
  remedy: "Accept the requested permissions, or ask an administrator of the tenant to grant them",
  code: "access_denied",
};
const PERSON_NEEDED: Meaning = {
  title: "Sign-in needs you",
  what: "The authority cannot go on without asking the person",
  remedy: 'Call authenticate() without prompt "none"',
  code: "authentication_required",
};
const BUSY: Meaning = {
  title: "Sign-in is not possible right now",
  what: "The authority could not complete the sign-in right now",
  remedy: "Try again in a few minutes",
  code: "network",
  retryable: true,
};
const FAILED: Meaning = {
  title: "Sign-in failed",
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
 * The typed error for an authorization error response. It branches on `error` and `error_subcode` only: AADSTS
 * numbers are for people.
 * @param secrets Values of this request that the authority's own text must not carry into an error.
 */
export function authorizationFailure(
  answer: AuthorizationParameters & { readonly error: string },
  scopes: readonly string[],
  secrets: readonly string[],
): AuthorizationFailure {
  const cancelled = answer.error === "access_denied" && answer.error_subcode === "cancel";
  const meaning = cancelled ? CANCELLED : (MEANINGS.get(answer.error) ?? FAILED);
  const known = MEANINGS.has(answer.error);
  const description = redact(answer.error_description ?? "", secrets).slice(0, LONGEST_DESCRIPTION);
  const init: Omit<AuthenticationErrorInit, "code"> = {
    what: meaning.what,
    remedy: meaning.remedy,
    // Only words of the standards are stable enough to branch on; anything else stays in the text.
    detail: cancelled ? "cancel" : known ? answer.error : undefined,
    serverText: serverText(known ? answer.error : redact(answer.error, secrets), description),
    retryable: meaning.retryable,
    ...identifiers(description),
  };
  const error =
    meaning.code === "authentication_required"
      ? new AuthenticationRequiredError({ ...init, scopes })
      : new AuthenticationError({ ...init, code: meaning.code });
  return { title: meaning.title, message: description || `${meaning.what}.`, error };
}

/** AADSTS number, trace and correlation id as Microsoft's authority puts them into `error_description`. */
function identifiers(
  text: string,
): Pick<AuthenticationErrorInit, "aadsts" | "traceId" | "correlationId" | "timestamp"> {
  const aadsts = /\bAADSTS(\d{3,9})\b/.exec(text)?.[1];
  return {
    aadsts: aadsts === undefined ? undefined : Number(aadsts),
    traceId: /\bTrace ID: ([0-9a-f-]{36})/i.exec(text)?.[1],
    correlationId: /\bCorrelation ID: ([0-9a-f-]{36})/i.exec(text)?.[1],
    timestamp: /\bTimestamp: (\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?Z?)/.exec(text)?.[1],
  };
}

function serverText(error: string, description: string): string {
  // The identifiers follow in the message by themselves.
  const words = description.replace(/\s*(?:Trace ID|Correlation ID|Timestamp): [\s\S]*$/, "");
  return [error, words].filter(Boolean).join(": ").slice(0, 1200);
}

function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret === "" ? rest : rest.replaceAll(secret, "***")), text);
}
