import { AuthenticationError } from "../errors/authentication-error.ts";
import { type AuthorizationFailure, authorizationFailure } from "./authorization-error.ts";
import { type AuthorizationParameters, parseAuthorizationParameters } from "./authorization-parameters.ts";
import { type Deferred, deferred } from "../deferred.ts";
import type { AuthorizationResponse, LoopbackListenerOptions, SignInResult } from "./listener-contract.ts";
import type { PageEnd } from "../pages/end-pages.ts";
import { stateMatcher } from "./state-matcher.ts";

const ANY_TENANT = "{tenantid}";

export type ResponseMode = "form_post" | "query";

/** What becomes of an answer. */
export type Verdict =
  /** The sign-in goes on as if the answer had never come. */
  | { readonly kind: "refused"; readonly status: 400 | 410; readonly reason: string }
  /** It was the answer; the browser is to see how the sign-in ends. */
  | { readonly kind: "taken" }
  /** As "taken", but the browser's URL holds a code that must leave its history. */
  | { readonly kind: "taken_by_url" };

export type Outcome = { readonly response: AuthorizationResponse } | { readonly error: AuthenticationError };

type PendingAnswerOptions = Pick<
  LoopbackListenerOptions,
  "state" | "issuer" | "scopes" | "claims" | "correlationId" | "remedyFor"
>;

/**
 * The one answer that a sign-in waits for. Only an answer with the right state can settle it, only once, and
 * whatever is malformed, doubled or unasked for leaves it untouched (RFC 9700 section 4.7, RFC 6749 section 3.1).
 */
export class PendingAnswer {
  /** Settles with an outcome, never with a rejection: nobody may be waiting yet. */
  readonly outcome: Deferred<Outcome> = deferred();
  /** The page that ends the sign-in in the browser. */
  readonly lastPage: Deferred<PageEnd> = deferred();
  /** Settled by whoever sends `lastPage`, once it was handed over. */
  readonly lastPageSent: Deferred<void> = deferred();
  readonly #options: PendingAnswerOptions;
  readonly #hasRightState: (state: string | undefined) => boolean;
  #taken = false;

  constructor(options: PendingAnswerOptions) {
    this.#options = options;
    this.#hasRightState = stateMatcher(options.state);
  }

  get taken(): boolean {
    return this.#taken;
  }

  judge(text: string, mode: ResponseMode): Verdict {
    const answer = parseAuthorizationParameters(text);
    if (answer === undefined) return refused("It is malformed: a doubled parameter, or not UTF-8.");
    if (!this.#hasRightState(answer.state)) return refused("Its state is missing or wrong.");
    if (this.#taken) return { kind: "refused", status: 410, reason: "This sign-in was already used." };

    const { code, error } = answer;
    if ((code === undefined) === (error === undefined))
      return refused("It must have either a code or an error.");
    if (code !== undefined && !/^[\x21-\x7e]+$/.test(code)) return refused("Its code is malformed.");

    this.#taken = true;
    const { correlationId } = this.#options;
    if (this.#isFromAnotherIssuer(answer.iss)) this.#fail(issuerMismatch(correlationId));
    else if (error !== undefined) this.#fail(this.#readFailure({ ...answer, error }));
    else if (mode === "query") this.#fail(responseModeMismatch(correlationId));
    else this.#succeed(code ?? "", answer.client_info);
    return { kind: mode === "query" && code !== undefined ? "taken_by_url" : "taken" };
  }

  // RFC 9207 section 2.4: an issuer that announces `iss` must send it.
  #isFromAnotherIssuer(iss: string | undefined): boolean {
    const { expected, required = false } = this.#options.issuer ?? {};
    if (expected === undefined) return false;
    return iss === undefined ? required : !isIssuer(iss, expected);
  }

  #readFailure(answer: AuthorizationParameters & { readonly error: string }): AuthorizationFailure {
    const { scopes = [], claims, correlationId, remedyFor, state } = this.#options;
    return authorizationFailure(answer, { scopes, claims, correlationId, remedyFor, secrets: [state] });
  }

  #fail({ name, details, error }: AuthorizationFailure): void {
    this.lastPage.resolve({ ok: false, name, details, code: error.code });
    this.outcome.resolve({ error });
  }

  #succeed(code: string, clientInfo: string | undefined): void {
    const finish = (result: SignInResult): Promise<void> => {
      this.lastPage.resolve(result.ok ? { ok: true, name: "complete" } : result);
      return this.lastPageSent.promise;
    };
    this.outcome.resolve({ response: new VerifiedResponse(code, clientInfo, finish) });
  }
}

/** Keeps the code out of everything that lists an object's properties: logs, inspectors, JSON, clones. */
class VerifiedResponse implements AuthorizationResponse {
  readonly #code: string;
  readonly #clientInfo: string | undefined;
  readonly #finish: (result: SignInResult) => Promise<void>;

  constructor(code: string, clientInfo: string | undefined, finish: (result: SignInResult) => Promise<void>) {
    this.#code = code;
    this.#clientInfo = clientInfo;
    this.#finish = finish;
  }

  get code(): string {
    return this.#code;
  }

  get clientInfo(): string | undefined {
    return this.#clientInfo;
  }

  finish(result: SignInResult): Promise<void> {
    return this.#finish(result);
  }
}

// Compared as plain strings, except for the tenant where the expected issuer leaves it open.
function isIssuer(iss: string, expected: string): boolean {
  const [before = "", after] = expected.split(ANY_TENANT);
  if (after === undefined) return iss === expected;
  const tenant = iss.slice(before.length, iss.length - after.length);
  return iss === before + tenant + after && /^[\w.-]{1,253}$/.test(tenant);
}

function refused(reason: string): Verdict {
  return { kind: "refused", status: 400, reason };
}

function issuerMismatch(correlationId: string | undefined): AuthorizationFailure {
  return {
    name: "otherIssuer",
    error: new AuthenticationError({
      code: "service",
      detail: "issuer_mismatch",
      what: "The answer in the browser names another issuer than the authority that was asked, so its code was not used",
      remedy:
        "Check authorityHost and tenantId, and whether something between the browser and the authority changes answers",
      correlationId,
    }),
  };
}

function responseModeMismatch(correlationId: string | undefined): AuthorizationFailure {
  return {
    name: "answerInAddress",
    error: new AuthenticationError({
      code: "service",
      detail: "response_mode_mismatch",
      what: "The authority sent its answer in the URL although form_post was asked, so its code was not used",
      remedy: "Set the app registration or the authority to the response mode form_post",
      correlationId,
    }),
  };
}
