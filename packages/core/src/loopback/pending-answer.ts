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

/** What is wrong with an answer that a person has brought. */
export type BroughtFault =
  | "malformed"
  | "no_state"
  | "other_sign_in"
  | "used"
  | "no_code"
  | "other_issuer"
  | "whole_address"
  | "authority_refused";

/** What becomes of an answer that a person has brought. */
export type BroughtVerdict =
  /** `error`: the authority's refusal, if that is what was brought. */
  | { readonly why: BroughtFault; readonly error?: AuthenticationError }
  | { readonly response: AuthorizationResponse };

export interface PendingAnswerOptions extends Pick<
  LoopbackListenerOptions,
  "state" | "issuer" | "scopes" | "claims" | "correlationId" | "remedyFor"
> {
  /** Whether the answer was asked for in the address, so that a person can copy it. @defaultValue false */
  readonly inAddress?: boolean;
}

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
    if (code !== undefined && !isCode(code)) return refused("Its code is malformed.");

    this.#taken = true;
    const { correlationId } = this.#options;
    if (this.#isFromAnotherIssuer(answer.iss)) this.#fail(issuerMismatch(correlationId));
    else if (error !== undefined) this.#fail(this.#readFailure({ ...answer, error }));
    else if (mode === "query" && this.#options.inAddress !== true)
      this.#fail(responseModeMismatch(correlationId));
    else this.#succeed(code ?? "", answer.client_info);
    return { kind: mode === "query" && code !== undefined ? "taken_by_url" : "taken" };
  }

  /**
   * Judges an answer that a person has brought by hand, from the address of the last page. Whatever is wrong with it
   * leaves the sign-in open, an error of the authority's included: the person may have taken an old one.
   */
  takeBrought(text: string): BroughtVerdict {
    const answer = parseAuthorizationParameters(text);
    if (answer === undefined) return { why: "malformed" };
    if (answer.state === undefined) return { why: "no_state" };
    if (!this.#hasRightState(answer.state)) return { why: "other_sign_in" };
    if (this.#taken) return { why: "used" };
    if (this.#isFromAnotherIssuer(answer.iss)) return { why: "other_issuer" };
    const { code, error } = answer;
    if (error !== undefined && code === undefined)
      return { why: "authority_refused", error: this.#readFailure({ ...answer, error }).error };
    if (error !== undefined) return { why: "malformed" };
    if (code === undefined) return { why: "no_code" };
    return isCode(code) ? this.#take(code, answer.client_info) : { why: "malformed" };
  }

  /**
   * Takes a code that a person has brought alone: PKCE and the nonce hold it to this sign-in. An authority that names
   * itself in its answers is not to be mistaken for another one, so there the whole answer is needed.
   */
  takeCode(code: string): BroughtVerdict {
    if (this.#taken) return { why: "used" };
    return this.#options.issuer?.required === true ? { why: "whole_address" } : this.#take(code, undefined);
  }

  /** Waits on after an answer that a person had brought and the authority did not take. */
  reopen(): void {
    this.#taken = false;
  }

  #take(code: string, clientInfo: string | undefined): BroughtVerdict {
    this.#taken = true;
    // No browser waits for a page.
    return { response: new VerifiedResponse(code, clientInfo, async () => {}) };
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

function isCode(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
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
