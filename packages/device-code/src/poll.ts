import {
  errorOf,
  isAuthenticationError,
  isRefusal,
  pause,
  type AuthorityAnswer,
  type Clock,
} from "@entrada/core/flow";
import type { CodeLifetime } from "./code-lifetime.ts";
import { type CodeTrouble, NOTABLE_SLOW_DOWNS } from "./code-trouble.ts";

export interface PollOptions {
  readonly clock: Clock;
  readonly lifetime: CodeLifetime;
  /** From one answer to the next request, at first. */
  readonly intervalInMs: number;
  /** When the first interval began, by the clock's `monotonic`. */
  readonly since: number;
  /** Ends the waiting within 100 ms. */
  readonly signal: AbortSignal;
  /** Sends one token request. */
  readonly ask: () => Promise<AuthorityAnswer>;
  /** What an answer with any other error than those of RFC 8628 means. */
  readonly refusal: (answer: AuthorityAnswer) => Error;
  readonly warn: (code: string, message: string) => void;
  readonly trouble: CodeTrouble;
}

const SLOWER_IN_MS = 5_000;
const LONGEST_WAIT_AFTER_FAULTS_IN_MS = 60_000;

/**
 * Asks for the token until the person has answered (RFC 8628, sections 3.4 and 3.5): first after one interval, five
 * seconds slower for good after each `slow_down`, twice as slow after each fault that may pass.
 * @returns the first answer that is no refusal.
 */
export async function poll(options: PollOptions): Promise<AuthorityAnswer> {
  const { ask, refusal, lifetime, warn, clock, trouble } = options;
  let interval = options.intervalInMs;
  let wait = interval;
  let waiting = options.since;
  let slowDowns = 0;
  for (;;) {
    await wholePause(waiting + wait, options);
    lifetime.throwIfOver();
    try {
      const answer = await ask();
      if (!isRefusal(answer)) return answer;
      const error = errorOf(answer);
      if (error === "slow_down") {
        interval += SLOWER_IN_MS;
        slowDowns += 1;
        if (slowDowns === NOTABLE_SLOW_DOWNS) warn("slow_down_repeated", TOO_FAST);
      } else if (error !== "authorization_pending") {
        throw refusal(answer);
      }
      trouble.answered(slowDowns, interval);
      wait = interval;
    } catch (error) {
      const asked = askedToWait(error);
      if (isAuthenticationError(error)) trouble.failed(error);
      // Nothing could be asked within the life of the code any more: better said now than at its end.
      if (asked === undefined || asked > Math.max(lifetime.restInMs, 0)) throw error;
      wait = Math.max(interval, asked, Math.min(wait * 2, LONGEST_WAIT_AFTER_FAULTS_IN_MS));
    }
    waiting = clock.monotonic();
  }
}

const TOO_FAST =
  "The authority has asked three times to poll more slowly: this machine's clock may run fast, " +
  "or another process polls with the same code.";

// A timer may fire a moment early, and a poll that comes early is answered by slow_down.
async function wholePause(due: number, { clock, signal }: PollOptions): Promise<void> {
  for (let rest = due - clock.monotonic(); rest > 0; rest = due - clock.monotonic()) {
    await pause(clock, rest, signal);
  }
}

/** How long to wait at least after a fault that may pass, in ms; undefined: it does not pass. */
function askedToWait(error: unknown): number | undefined {
  return isAuthenticationError(error) && error.retryable ? (error.retryAfterInMs ?? 0) : undefined;
}
