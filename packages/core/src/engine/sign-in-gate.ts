import type { AuthenticationRecord } from "../authentication-record.ts";
import type { Clock } from "../clock.ts";
import { AuthenticationError, isAuthenticationError } from "../errors/authentication-error.ts";
import { SharedRequest } from "./shared-request.ts";

/** A sign-in to be shown to the person. */
export interface SignIn<T> {
  /** Which credential asks. */
  readonly owner: object;
  /** Scopes, tenant, claims: the same key of the same owner joins the prompt that is shown. */
  readonly key: string;
  /** How long the person may take; undefined: the flow itself ends the wait. */
  readonly timeoutInMs: number | undefined;
  /** For how long automatic prompts rest after a refusal, in ms. */
  readonly cooldownInMs: number;
  /** An explicit `authenticate()` asks even while automatic prompts rest. */
  readonly explicit: boolean;
  start(signal: AbortSignal): Promise<T>;
  /** Called every five seconds while the person has not answered. */
  waiting(seconds: number): void;
}

// What a person did, or did not do: asking again at once would only annoy.
const RESTING_CODES = new Set(["user_cancelled", "timeout", "access_denied", "device_code_expired"]);
const WAITING_STEP_IN_S = 5;

/** Lets one prompt at a time reach the person, ends it on time, and lets prompts rest after a refusal. */
export class SignInGate<T extends { readonly account: AuthenticationRecord }> {
  readonly #clock: Clock;
  #current: { readonly signIn: SignIn<T>; readonly request: SharedRequest<T> } | undefined;
  #rest: { readonly until: number; readonly error: AuthenticationError } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Shows the prompt, or waits for the one that is shown; a failure of that one is the failure of all who wait.
   * @returns the outcome, or undefined when a sign-in with another key succeeded: try silently now.
   */
  async enter(signIn: SignIn<T>, signal: AbortSignal): Promise<T | undefined> {
    const current = this.#current;
    if (current) {
      const { owner, key } = current.signIn;
      try {
        const outcome = await current.request.join(signal);
        return owner === signIn.owner && key === signIn.key ? outcome : undefined;
      } catch (error) {
        // Another credential that was disposed, or whose callers have left, says nothing about this one.
        if (owner !== signIn.owner && !signal.aborted && !isAuthenticationError(error)) return undefined;
        throw error;
      }
    }
    if (!signIn.explicit) this.#refuseWhileResting();
    return this.#show(signIn).join(signal);
  }

  /** Whether a prompt is shown. */
  get isOpen(): boolean {
    return this.#current !== undefined;
  }

  /** Ends the prompt that is shown, if it is the owner's. */
  cancel(owner: object, reason: unknown): void {
    if (this.#current?.signIn.owner === owner) this.#current.request.cancel(reason);
  }

  #show(signIn: SignIn<T>): SharedRequest<T> {
    let stopTimers = (): void => {};
    const request = new SharedRequest<T>(
      (signal) => signIn.start(signal),
      () => {
        this.#current = undefined;
        stopTimers();
      },
    );
    this.#current = { signIn, request };
    stopTimers = this.#startTimers(signIn, request);
    request.outcome.then(
      () => {
        this.#rest = undefined;
      },
      (error: unknown) => {
        if (!isAuthenticationError(error) || !RESTING_CODES.has(error.code)) return;
        this.#rest = { until: this.#clock.monotonic() + signIn.cooldownInMs, error };
      },
    );
    return request;
  }

  #startTimers(signIn: SignIn<T>, request: SharedRequest<T>): () => void {
    const { timeoutInMs } = signIn;
    const limit =
      timeoutInMs === undefined
        ? undefined
        : this.#clock.after(timeoutInMs, () => request.cancel(personTimeout(timeoutInMs)));
    let seconds = 0;
    const tick = (): { cancel(): void } =>
      this.#clock.after(WAITING_STEP_IN_S * 1000, () => {
        seconds += WAITING_STEP_IN_S;
        reminder = tick();
        signIn.waiting(seconds);
      });
    let reminder = tick();
    return () => {
      limit?.cancel();
      reminder.cancel();
    };
  }

  #refuseWhileResting(): void {
    const rest = this.#rest;
    if (!rest) return;
    const leftInMs = Math.ceil(rest.until - this.#clock.monotonic());
    if (leftInMs <= 0) {
      this.#rest = undefined;
      return;
    }
    throw new AuthenticationError({
      code: rest.error.code,
      what: `The last sign-in ended without one, so the person is not asked again for ${Math.ceil(leftInMs / 1000)} s`,
      remedy: 'Call authenticate() to ask at once, or set the option "promptCooldownInMs"',
      detail: "prompt_cooldown",
      cause: rest.error,
      retryable: true,
      retryAfterInMs: leftInMs,
    });
  }
}

function personTimeout(limitInMs: number): AuthenticationError {
  return new AuthenticationError({
    code: "timeout",
    what: `Nobody signed in within ${Math.round(limitInMs / 100) / 10} s`,
    remedy: 'Start the sign-in again; the option "timeoutInMs" says how long the person may take',
    detail: "interactive_timeout",
    retryable: true,
  });
}
