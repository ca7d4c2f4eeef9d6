import type { Clock } from "../clock.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";

/** Who asks, as far as a rest depends on it. */
export interface Asker {
  /** Whom the caller means, in lower case. What another person did says nothing about this one. */
  readonly loginHint: string | undefined;
  /** For how long automatic prompts rest after a refusal, in ms. */
  readonly cooldownInMs: number;
}

// What a person did, or did not do: asking again at once would only annoy.
const RESTING_CODES = new Set(["user_cancelled", "timeout", "access_denied", "device_code_expired"]);
// A dialog that nobody can have read: no person has answered, and none needs a rest. One that ends so again shows
// nobody anything, however often it is opened.
const NOBODY_ANSWERED = new Set(["dialog_closed_at_once"]);
const ASK_AT_ONCE = 'Call authenticate() to ask at once, or set the option "promptCooldownInMs"';

/** A time in which automatic prompts rest, by the clock's `monotonic`, and why. */
interface Rest {
  readonly since: number;
  readonly until: number;
  readonly error: AuthenticationError;
}

/** Lets automatic prompts rest after a person's refusal: each person's for itself, until somebody signs in. */
export class PromptRests {
  readonly #clock: Clock;
  readonly #onRest: (() => void) | undefined;
  /** By login hint. */
  readonly #rests = new Map<string | undefined, Rest>();
  /** Until when one more dialog that nobody can have read is a refusal. */
  #unreadUntil = Number.NEGATIVE_INFINITY;

  /** @param onRest called when a rest begins */
  constructor(clock: Clock, onRest?: () => void) {
    this.#clock = clock;
    this.#onRest = onRest;
  }

  /** Whether somebody's automatic prompts rest, or would after one more dialog that nobody can have read. */
  get isResting(): boolean {
    const ends = [this.#unreadUntil, ...[...this.#rests.values()].map(({ until }) => until)];
    return ends.some((end) => end > this.#clock.monotonic());
  }

  /** After a prompt that failed: a rest, if it was a refusal. */
  begin({ loginHint, cooldownInMs }: Asker, error: AuthenticationError): void {
    if (!RESTING_CODES.has(error.code)) return;
    const since = this.#clock.monotonic();
    const until = since + cooldownInMs;
    const isUnread = NOBODY_ANSWERED.has(error.detail ?? "");
    if (!isUnread || since < this.#unreadUntil) this.#rests.set(loginHint, { since, until, error });
    // Longer than the rest: after it there is one try, not two.
    if (isUnread) this.#unreadUntil = until + cooldownInMs;
    this.#onRest?.();
  }

  /** After a sign-in: everybody may be asked again. */
  end(): void {
    this.#rests.clear();
    this.#unreadUntil = Number.NEGATIVE_INFINITY;
  }

  /** @throws AuthenticationError of the refusal's code, with detail "prompt_cooldown", while the asker's prompts rest. */
  refuse({ loginHint, cooldownInMs }: Asker): void {
    const rest = this.#rests.get(loginHint);
    if (!rest) return;
    // Who asks may want less of a rest than who was refused.
    const until = Math.min(rest.until, rest.since + cooldownInMs);
    const leftInMs = Math.ceil(until - this.#clock.monotonic());
    if (leftInMs <= 0) return;
    throw new AuthenticationError({
      code: rest.error.code,
      what: `The last sign-in ended without one, so the person is not asked again for ${Math.ceil(leftInMs / 1000)} s`,
      remedy: NOBODY_ANSWERED.has(rest.error.detail ?? "") ? (rest.error.hint ?? ASK_AT_ONCE) : ASK_AT_ONCE,
      detail: "prompt_cooldown",
      cause: rest.error,
      retryable: true,
      retryAfterInMs: leftInMs,
    });
  }
}
