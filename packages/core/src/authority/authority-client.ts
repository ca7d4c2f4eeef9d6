import type { Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorityAnswer } from "../http/authority-answer.ts";
import { FEW_TRIES, notAnswered, stillThrottled, tooSlow } from "../refusals/authority-failure.ts";
import type { Failure } from "../refusals/authority-failure.ts";
import { HostGate } from "./host-gate.ts";
import { HttpTransportError } from "../http/http-transport.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "../http/http-transport.ts";
import { judgeAnswer } from "./judge-answer.ts";
import type { Judgement } from "./judge-answer.ts";
import { sentSecrets } from "../refusals/sent-secrets.ts";
import { shownCause } from "../refusals/shown-cause.ts";
import { pause, withinTime } from "../http/time-limit.ts";
import { transportFault } from "../http/transport-fault.ts";

export type { AuthorityAnswer } from "../http/authority-answer.ts";

export interface AuthorityRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of the form, not encoded yet. */
  readonly form?: Readonly<Record<string, string>>;
  /** A form that is already encoded, instead of `form`. */
  readonly body?: string;
  /** Ends the request, its pauses included, within 100 ms with an `AbortError`. */
  readonly signal: AbortSignal;
  /** Sent as client-request-id. */
  readonly correlationId: string;
  /**
   * "safe": may be repeated (discovery, refresh). "once": never again once bytes were sent (code redemption).
   * "poll": one try, the caller paces.
   */
  readonly repeat: "safe" | "once" | "poll";
  /**
   * A person asked for it, or has just signed in: it goes out although an earlier answer asked to wait.
   * @defaultValue false
   */
  readonly explicit?: boolean;
  /** Nobody waits for the answer: its connection must not keep the process alive. @defaultValue false */
  readonly background?: boolean;
}

export interface AuthorityClientSettings {
  readonly transport: HttpTransport;
  readonly clock: Clock;
  /** The time for one whole request, in ms. */
  readonly requestTimeoutInMs: number;
  /** For the jitter: 0 to 1. @defaultValue Math.random */
  readonly random?: () => number;
  /** Told once when the authority's clock and ours differ by more than five minutes. */
  readonly onClockSkew?: (skewInMs: number) => void;
}

// Full jitter below these bounds; their number is the number of retries.
const BACKOFF_IN_MS = [500, 1000, 2000] as const;
const LONGEST_CALL_IN_MS = 60_000;
// With less time than this a further try is not worth its request.
const SHORTEST_TRY_IN_MS = 1000;
const NOTABLE_SKEW_IN_MS = 300_000;

/**
 * Talks to the authority: retries what may be retried (408, 5xx and lost connections three times, 429, silence and
 * unreachable hosts twice; 60 s in all), honours
 * Retry-After, follows no redirect and returns nothing but JSON objects. An OAuth error with a 4xx status is an answer,
 * for the caller to judge.
 */
export class AuthorityClient {
  readonly #settings: AuthorityClientSettings;
  readonly #gate: HostGate;
  #skewTold = false;

  constructor(settings: AuthorityClientSettings) {
    this.#settings = settings;
    this.#gate = new HostGate(settings.clock);
  }

  /**
   * @throws AuthenticationError `network`, `timeout` or `invalid_response`.
   * @throws AbortError when the request's signal says so.
   */
  async send(request: AuthorityRequest): Promise<AuthorityAnswer> {
    throwIfAborted(request.signal);
    return this.#sendWithRetries(request, new URL(request.url).host);
  }

  async #sendWithRetries(request: AuthorityRequest, host: string): Promise<AuthorityAnswer> {
    const { clock, requestTimeoutInMs } = this.#settings;
    const end = clock.monotonic() + Math.max(LONGEST_CALL_IN_MS, requestTimeoutInMs);
    const rest = (): number => end - clock.monotonic();
    await this.#untilOpen(host, request, rest());
    let before: AuthenticationError | undefined;
    for (let attempt = 0; ; attempt += 1) {
      const judgement = await this.#try(request, host, Math.min(requestTimeoutInMs, rest()), before);
      if ("answer" in judgement) return judgement.answer;
      if (judgement.failure.code !== "timeout") before = judgement.failure;
      const wait = this.#waitBefore(attempt, judgement, request.repeat);
      if (wait === undefined || wait + SHORTEST_TRY_IN_MS > rest()) {
        if (judgement.waitInMs !== undefined) this.#gate.close(host, judgement.waitInMs);
        throw judgement.failure;
      }
      await pause(clock, wait, request.signal);
    }
  }

  /** An earlier answer may have asked to wait: a short rest of that is waited for, a long one is told. */
  async #untilOpen(host: string, request: AuthorityRequest, limitInMs: number): Promise<void> {
    const wait = request.explicit === true ? 0 : this.#gate.restOf(host);
    if (wait === 0) return;
    if (request.repeat === "poll" || wait + SHORTEST_TRY_IN_MS > limitInMs) {
      throw stillThrottled(host, wait, request.correlationId);
    }
    await pause(this.#settings.clock, wait, request.signal);
  }

  #waitBefore(
    attempt: number,
    { again, waitInMs, tries = Infinity }: Failure,
    repeat: AuthorityRequest["repeat"],
  ): number | undefined {
    const allowed = repeat === "safe" ? again !== "never" : repeat === "once" && again === "unsent";
    const bound = BACKOFF_IN_MS[attempt];
    if (!allowed || bound === undefined || attempt + 1 >= tries) return undefined;
    return waitInMs ?? bound * (this.#settings.random ?? Math.random)();
  }

  async #try(
    request: AuthorityRequest,
    host: string,
    limitInMs: number,
    before: AuthenticationError | undefined,
  ): Promise<Judgement> {
    const { clock } = this.#settings;
    const { signal, correlationId } = request;
    const form = request.form === undefined ? request.body : new URLSearchParams(request.form).toString();
    const secrets = sentSecrets(new URLSearchParams(form ?? ""));
    const tooLate = (): Error => tooSlow(host, limitInMs, correlationId, before);
    try {
      const answer = await withinTime({ clock, limitInMs, signal, tooLate }, (inner) =>
        this.#exchange(httpRequest(request, form, inner)),
      );
      const judgement = judgeAnswer(answer, { host, correlationId, secrets, now: clock.now() });
      if ("answer" in judgement) this.#tellSkew(judgement.answer.skewInMs);
      return judgement;
    } catch (error) {
      if (error instanceof HttpTransportError) {
        return notAnswered(host, error, shownCause(error.cause, secrets), correlationId);
      }
      if (error instanceof AuthenticationError) return { failure: error, again: "safe", tries: FEW_TRIES };
      throw error;
    }
  }

  async #exchange(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.#settings.transport(request);
    } catch (error) {
      // What a foreign transport had sent by then cannot be known, so it counts as sent.
      throw transportFault(error, true);
    }
  }

  #tellSkew(skewInMs: number | undefined): void {
    if (this.#skewTold || skewInMs === undefined || Math.abs(skewInMs) <= NOTABLE_SKEW_IN_MS) return;
    this.#skewTold = true;
    this.#settings.onClockSkew?.(skewInMs);
  }
}

function httpRequest(request: AuthorityRequest, form: string | undefined, signal: AbortSignal): HttpRequest {
  return {
    method: request.method,
    url: request.url,
    headers: {
      accept: "application/json",
      "client-request-id": request.correlationId,
      ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded;charset=utf-8" }),
      ...lowerCased(request.headers ?? {}),
    },
    signal,
    ...(form === undefined ? {} : { body: form }),
    // A repetition on a fresh connection would be a poll ahead of its time, or a code that is sent twice.
    freshConnection: request.repeat !== "safe",
    background: request.background === true,
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
