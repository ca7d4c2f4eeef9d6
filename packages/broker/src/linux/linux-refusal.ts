import {
  AuthenticationError,
  AuthenticationRequiredError,
  isAuthenticationRequired,
  otherClouds,
  serverError,
} from "@entrada/core/flow";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";
import { LINUX_REDIRECT_URI } from "./broker-service.ts";
import { tooSoonToRead } from "../contract/too-soon-to-read.ts";
import { numberOf, textOf, type JsonFields } from "./json-fields.ts";
import {
  LINUX_WORDS,
  MAY_BE_THE_BROKER,
  NO_TOKEN,
  NOT_ENROLLED,
  STATUS_MEANINGS,
  STATUS_NUMBERS,
  type LinuxMeaning,
} from "./status-meanings.ts";

/** A call that the broker did not answer with what was asked for. */
export interface LinuxRefusal {
  readonly meaning: LinuxMeaning;
  /** The broker's own words. Private data in them are masked by the broker. */
  readonly context?: string | undefined;
  readonly cause?: unknown;
}

export interface RefusedAsk {
  readonly ask: TokenAsk;
  /** Whether a window may have been shown. */
  readonly inWindow: boolean;
  /** How long a window can have been open, in ms; absent when none was asked for. */
  readonly openForMs?: number | undefined;
  /** Whether the broker has answered well before: then it is no broker that cannot be used. */
  readonly served: boolean;
}

/** What the broker said in place of an answer; the `cause` of the error that the caller gets. It holds no token. */
export class LinuxBrokerError extends Error {
  override name = "LinuxBrokerError";
  readonly status: number | undefined;
  /** A number of Microsoft's runtime: what its support asks for. */
  readonly tag: number | undefined;
  readonly errorCode: number | undefined;

  /** @param status - where the error itself has none */
  constructor(error: JsonFields, status: number | undefined = numberOf(error, "status")) {
    const [tag, errorCode] = ["tag", "errorCode"].map((name) => numberOf(error, name));
    super(
      `The Linux broker answered with an error (status ${status ?? "unknown"}, tag ${tag ?? "unknown"}).`,
    );
    this.status = status;
    this.tag = tag;
    this.errorCode = errorCode;
  }
}

/**
 * What an error object of the broker means.
 * @param apiStatus - what its telemetry says of the same call, in a word
 */
export function refusalOfObject(error: JsonFields, inWindow: boolean, apiStatus?: string): LinuxRefusal {
  const context = textOf(error, "context")?.slice(0, LONGEST_CONTEXT);
  const cause = new LinuxBrokerError(error, statusOf(error, apiStatus));
  const row = cause.status === undefined ? undefined : STATUS_MEANINGS.get(cause.status);
  // Whether old brokers have the numbers is not known: then the authority's word counts, where they carry one.
  const wordOnly: LinuxMeaning = {
    kind: cause.status === undefined && PERSON_NEEDED.test(context ?? "") ? "person_needed" : "unexpected",
  };
  const meaning = row?.[inWindow ? "inWindow" : "silent"] ?? wordOnly;
  // Newer brokers refuse silently what a person may still allow.
  const declined = meaning.kind === "contract" && !inWindow && /declined scopes/i.test(context ?? "");
  return { meaning: declined ? { kind: "person_needed" } : meaning, context, cause };
}

/** A refusal as the typed error that the caller gets. */
export function linuxRefusalError(refusal: LinuxRefusal, refused: RefusedAsk): AuthenticationError {
  const { context, cause } = refusal;
  const { ask, inWindow, openForMs, served } = refused;
  const isAtOnce = refusal.meaning.kind === "cancelled" && tooSoonToRead(openForMs);
  const meaning: LinuxMeaning = isAtOnce ? { kind: "cancelled_at_once" } : refusal.meaning;
  const { scopes, claims, correlationId } = ask;
  const aadsts = aadstsOf(context);
  const final = meaning.kind !== "person_needed" || inWindow;
  if (final && aadsts !== undefined && NOT_ENROLLED.has(aadsts)) {
    const words = LINUX_WORDS.device_not_enrolled;
    return new AuthenticationError({ ...words, aadsts, serverText: context, correlationId, cause });
  }
  switch (meaning.kind) {
    case "unavailable":
      return brokerUnavailable({ detail: meaning.reason, cause });
    case "malformed":
      return unacceptable("the answer");
    case "person_needed":
      return refusedByAuthority(refusal, refused, "interaction_required");
    case "account_gone":
      return inWindow
        ? new AuthenticationError({ ...LINUX_WORDS.account_gone, code: "service", correlationId, cause })
        : new AuthenticationRequiredError({
            ...LINUX_WORDS.account_gone,
            scopes,
            claims,
            correlationId,
            cause,
          });
    default: {
      const word = aadsts === undefined ? undefined : oauthWordOf(context);
      if (word !== undefined && MAY_BE_THE_BROKER.has(meaning.kind)) {
        return refusedByAuthority(refusal, refused, word);
      }
      if (MAY_BE_THE_BROKER.has(meaning.kind)) {
        // There is no number for it; where the broker says so itself, it cannot be used here.
        if (NOT_ENROLLED_WORDS.test(context ?? ""))
          return brokerUnavailable({ detail: "device_not_enrolled", cause });
        if (!inWindow && !served) return brokerUnavailable({ detail: "broker_failed", cause });
      }
      const words = LINUX_WORDS[meaning.kind];
      const what = cause instanceof LinuxBrokerError ? `${words.what} (${figuresOf(cause)})` : words.what;
      return new AuthenticationError({ ...words, what, serverText: context, aadsts, correlationId, cause });
    }
  }
}

const LONGEST_CONTEXT = 1000;
const PERSON_NEEDED = /\b(?:invalid_grant|interaction_?required|login_required|consent_required)\b/i;

/** A number, a number as a text, or its name; else that of the telemetry, such as "StatusInternal::NoNetwork". */
function statusOf(error: JsonFields, apiStatus: string | undefined): number | undefined {
  const named = (text: string | undefined): number | undefined =>
    STATUS_NUMBERS.get(text?.split("::").at(-1)?.toLowerCase() ?? "");
  return numberOf(error, "status") ?? named(textOf(error, "status")) ?? named(apiStatus);
}

/** An OAuth error that the broker only carries: read where all flows read them. */
function refusedByAuthority(
  refusal: LinuxRefusal,
  { ask, inWindow }: RefusedAsk,
  word: string,
): AuthenticationError {
  const { clientId, authorityHost, tenantId, scopes, claims, correlationId } = ask;
  const { context, cause } = refusal;
  const json = { error: word, ...(context === undefined ? {} : { error_description: context }) };
  const error = serverError(
    { status: 400, json },
    {
      what: cause instanceof LinuxBrokerError ? `${NO_TOKEN} (${figuresOf(cause)})` : NO_TOKEN,
      scopes,
      claims,
      clientId,
      tenantId,
      redirectUri: LINUX_REDIRECT_URI,
      otherClouds: otherClouds(authorityHost),
      interactive: inWindow,
      correlationId,
    },
  );
  // The person has acted: a new window would only go round in circles.
  return isAuthenticationRequired(error) && inWindow && error.cause instanceof AuthenticationError
    ? error.cause
    : error;
}

const OAUTH_WORD =
  /\b(?:invalid_grant|interaction_required|access_denied|invalid_client|unauthorized_client|invalid_scope|invalid_request|invalid_resource)\b/;

function oauthWordOf(context = ""): string {
  return OAUTH_WORD.exec(context)?.[0] ?? "access_denied";
}

function aadstsOf(context = ""): number | undefined {
  const number = /AADSTS(\d{4,9})/.exec(context)?.[1];
  return number === undefined ? undefined : Number(number);
}

const NOT_ENROLLED_WORDS = /\bdevice\b.{0,40}\bnot\b.{0,20}\b(?:registered|enrolled|joined)\b/i;

function figuresOf({ status, tag }: LinuxBrokerError): string {
  return `status ${status ?? "unknown"}${tag === undefined ? "" : `, tag ${tag}`}`;
}
