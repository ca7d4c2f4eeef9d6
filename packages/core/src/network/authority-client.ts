import type { Clock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import type { AuthenticationError } from "../errors/authentication-error.ts";
import { notAnswered, notNow, stillThrottled, tooSlow, unacceptable } from "./authority-failure.ts";
import { HttpTransportError } from "./http-transport.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "./http-transport.ts";
import { parseJsonObject } from "./null-prototype-json.ts";
import type { JsonObject } from "./null-prototype-json.ts";
import { retryAfterInMs } from "./retry-after.ts";
import { redactJson, redactText, sentSecrets } from "./sent-secrets.ts";
import { pause, withinTime } from "./time-limit.ts";
import { transportFault } from "./transport-fault.ts";

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
}

/** A JSON object with the status it came with: 2xx, or 4xx with the authority's own words. */
export interface AuthorityAnswer {
  readonly status: number;
  /** Without prototypes. When it reports an error, no text in it holds a secret of the request. */
  readonly json: JsonObject;
  header(name: string): string | undefined;
  /** How far the authority's clock is ahead of ours, in ms (negative: behind), when it sent a date. */
  readonly skewInMs?: number;
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

/** One try: its answer, or why there is none and whether another try may be made. */
type Outcome =
  | { readonly answer: AuthorityAnswer }
  | { readonly failure: AuthenticationError; readonly repeatable: boolean; readonly waitInMs?: number };

// Full jitter below these bounds; their number is the number of retries.
const BACKOFF_IN_MS = [500, 1000, 2000] as const;
const LONGEST_CALL_IN_MS = 60_000;
const NOTABLE_SKEW_IN_MS = 300_000;
// A process that waits between two tries must not end for lack of anything else to do.
const HEARTBEAT_IN_MS = 2 ** 30;

/**
 * Talks to the authority: retries what may be retried, honours Retry-After, follows no redirect and returns nothing
 * but JSON objects. An OAuth error with a 4xx status is an answer, for the caller to judge.
 */
export class AuthorityClient {
  readonly #settings: AuthorityClientSettings;
  /** Until when (monotonic) a host wants no request. */
  readonly #closedUntil = new Map<string, number>();
  #skewTold = false;

  constructor(settings: AuthorityClientSettings) {
    this.#settings = settings;
  }

  /**
   * @throws AuthenticationError `network`, `timeout` or `invalid_response`.
   * @throws AbortError when the request's signal says so.
   */
  async send(request: AuthorityRequest): Promise<AuthorityAnswer> {
    throwIfAborted(request.signal);
    const { clock } = this.#settings;
    const host = new URL(request.url).host;
    const started = clock.monotonic();
    const budget = Math.max(LONGEST_CALL_IN_MS, this.#settings.requestTimeoutInMs);
    const rest = (): number => budget - (clock.monotonic() - started);
    const heartbeat = setInterval(() => undefined, HEARTBEAT_IN_MS);
    try {
      await this.#untilOpen(host, request, rest());
      for (let attempt = 0; ; attempt += 1) {
        const outcome = await this.#try(request, host, Math.min(this.#settings.requestTimeoutInMs, rest()));
        if ("answer" in outcome) return outcome.answer;
        const wait = outcome.waitInMs ?? this.#backoff(attempt);
        const again = outcome.repeatable && wait !== undefined && attempt < BACKOFF_IN_MS.length;
        if (!again || wait > LONGEST_CALL_IN_MS || wait >= rest()) {
          if (outcome.waitInMs !== undefined) {
            this.#closedUntil.set(host, clock.monotonic() + outcome.waitInMs);
          }
          throw outcome.failure;
        }
        await pause(clock, wait, request.signal);
      }
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #untilOpen(host: string, request: AuthorityRequest, rest: number): Promise<void> {
    const wait = (this.#closedUntil.get(host) ?? 0) - this.#settings.clock.monotonic();
    if (wait <= 0) return void this.#closedUntil.delete(host);
    if (request.repeat === "poll" || wait >= rest) throw stillThrottled(host, wait, request.correlationId);
    await pause(this.#settings.clock, wait, request.signal);
  }

  #backoff(attempt: number): number | undefined {
    const bound = BACKOFF_IN_MS[attempt];
    return bound === undefined ? undefined : bound * (this.#settings.random ?? Math.random)();
  }

  async #try(request: AuthorityRequest, host: string, limitInMs: number): Promise<Outcome> {
    const { correlationId, repeat } = request;
    const form = request.form === undefined ? request.body : new URLSearchParams(request.form).toString();
    try {
      const answer = await this.#exchange(request, form, limitInMs, host);
      return this.#judge(answer, request, host, sentSecrets(new URLSearchParams(form ?? "")));
    } catch (error) {
      if (error instanceof AbortError) throw error;
      if (!(error instanceof HttpTransportError)) {
        return { failure: error as AuthenticationError, repeatable: repeat === "safe" };
      }
      const mended = error.fault !== "tls_failed" && error.fault !== "response_too_large";
      const repeatable = mended && error.fault !== "malformed_response" && (repeat === "safe" || !error.sent);
      return {
        failure: notAnswered(host, error, correlationId),
        repeatable: repeatable && repeat !== "poll",
      };
    }
  }

  async #exchange(
    request: AuthorityRequest,
    form: string | undefined,
    limitInMs: number,
    host: string,
  ): Promise<HttpAnswer> {
    const { clock, transport } = this.#settings;
    const { signal, correlationId } = request;
    const tooLate = (): Error => tooSlow(host, limitInMs, correlationId);
    return withinTime({ clock, limitInMs, signal, tooLate }, async (inner) => {
      try {
        return await transport(httpRequest(request, form, inner));
      } catch (error) {
        throw transportFault(error, true);
      }
    });
  }

  #judge(answer: HttpAnswer, request: AuthorityRequest, host: string, secrets: readonly string[]): Outcome {
    const { correlationId } = request;
    const skewInMs = this.#skewOf(answer);
    const refused = (detail: Parameters<typeof unacceptable>[1]): Outcome => ({
      failure: unacceptable(host, detail, answer, correlationId),
      repeatable: false,
    });
    if (answer.status >= 300 && answer.status < 400) return refused("unexpected_redirect");
    const parsed = parseJsonObject(answer.body);
    const isError = answer.status >= 400 || parsed?.["error"] !== undefined;
    if (answer.status >= 400 && parsed?.["access_token"] !== undefined) return refused("unexpected_status");
    const json = parsed === undefined || !isError ? parsed : redactJson(parsed, secrets);
    if (answer.status === 408 || answer.status === 429 || answer.status >= 500) {
      const waitInMs = retryAfterInMs(
        answer.header("retry-after"),
        this.#settings.clock.now() + (skewInMs ?? 0),
      );
      return {
        failure: notNow(host, { status: answer.status, json }, waitInMs, correlationId),
        repeatable: request.repeat === "safe",
        ...(waitInMs === undefined ? {} : { waitInMs }),
      };
    }
    if (json === undefined) return refused(startsLikeJson(answer.body) ? "not_an_object" : "not_json");
    const header = (name: string): string | undefined => {
      const value = answer.header(name);
      return value === undefined || !isError ? value : redactText(value, secrets);
    };
    return {
      answer: { status: answer.status, json, header, ...(skewInMs === undefined ? {} : { skewInMs }) },
    };
  }

  #skewOf(answer: HttpAnswer): number | undefined {
    const date = Date.parse(answer.header("date") ?? "");
    if (Number.isNaN(date)) return undefined;
    const skew = date - this.#settings.clock.now();
    if (Math.abs(skew) > NOTABLE_SKEW_IN_MS && !this.#skewTold) {
      this.#skewTold = true;
      this.#settings.onClockSkew?.(skew);
    }
    return skew;
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
    freshConnection: request.repeat === "once",
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function startsLikeJson(body: Uint8Array): boolean {
  return body.length > 0 && body[0] !== "<".charCodeAt(0);
}
