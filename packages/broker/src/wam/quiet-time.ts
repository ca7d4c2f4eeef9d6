import { AuthenticationError, withinTime, type Clock } from "@entrada/core/flow";
import type { TokenAsk } from "../contract/token-ask.ts";

/** The limit for whatever shows nothing: nobody sees that it hangs. */
export class QuietTime {
  readonly #clock: Clock;
  readonly #limitInMs: number;

  constructor(clock: Clock, limitInMs: number) {
    this.#clock = clock;
    this.#limitInMs = limitInMs;
  }

  /**
   * Runs `work` with an ask whose signal also aborts when the time is over.
   * @throws AuthenticationError `timeout`, detail "broker_silent_timeout"
   */
  within<T>(ask: TokenAsk, work: (ask: TokenAsk) => Promise<T>): Promise<T> {
    const limitInMs = this.#limitInMs;
    const limit = {
      clock: this.#clock,
      limitInMs,
      signal: ask.signal,
      tooLate: () => tooLate(limitInMs, ask),
    };
    return withinTime(limit, (signal) => work({ ...ask, signal }));
  }
}

function tooLate(limitInMs: number, { correlationId }: TokenAsk): AuthenticationError {
  return new AuthenticationError({
    code: "timeout",
    detail: "broker_silent_timeout",
    what: `Windows did not answer within ${Math.round(limitInMs / 100) / 10} s`,
    remedy: 'Try again; if it stays, restart the service "Web Account Manager" (TokenBroker)',
    retryable: true,
    correlationId,
  });
}
