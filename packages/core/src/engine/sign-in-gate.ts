import type { AuthenticationRecord } from "../authentication-record.ts";
import type { Clock } from "../clock.ts";
import { AuthenticationError, isAuthenticationError } from "../errors/authentication-error.ts";
import { AGAIN } from "../refusals/on-the-page.ts";
import { PromptRests, type Asker } from "./prompt-rests.ts";
import { SharedRequest } from "./shared-request.ts";

/** A sign-in to be shown to the person. */
export interface SignIn<T> extends Asker {
  /** Which credential asks. */
  readonly owner: object;
  /** Scopes, tenant, claims: the same key of the same owner joins the prompt that is shown. */
  readonly key: string;
  /** How long the person may take; undefined: the flow itself ends the wait. */
  readonly timeoutInMs: number | undefined;
  /** An explicit `authenticate()` asks even while automatic prompts rest. */
  readonly explicit: boolean;
  /** @param explain takes what to say when the person's time is over. */
  start(signal: AbortSignal, explain: (hint: () => string) => void): Promise<T>;
  /** Called every five seconds while the person has not answered. */
  waiting(seconds: number): void;
}

// What is wrong with the scopes or claims of one request, and of no other.
const REQUEST_REFUSED = new Set(["invalid_resource", "invalid_scope", "invalid_target", "auth_url_too_long"]);
const WAITING_STEP_IN_S = 5;

/** What entering the gate came to. */
export interface Entered<T> {
  readonly own?: T;
  /** Another sign-in, by somebody who means the same account, has succeeded; absent: it failed, and only for itself. */
  readonly others?: T;
}

/** Hears of sign-ins. */
export interface Listener<T> {
  /** What the last one since the beginning came to; absent: there was none. */
  readonly heard: Entered<T> | undefined;
  end(): void;
}

interface Shown<T> {
  readonly signIn: SignIn<T>;
  readonly request: SharedRequest<T>;
  /** What the flow has to say when the person's time is over. */
  hint: (() => string) | undefined;
}

/** Lets one prompt at a time reach the person, ends it on time, and lets prompts rest after a refusal. */
export class SignInGate<T extends { readonly account: AuthenticationRecord }> {
  readonly #clock: Clock;
  #current: Shown<T> | undefined;
  readonly #listeners = new Set<(signIn: SignIn<T>, outcome: T) => void>();
  readonly #rests: PromptRests;

  /** @param onRest called when it begins to rest: it is needed then, though its credentials may be gone */
  constructor(clock: Clock, onRest?: () => void) {
    this.#clock = clock;
    this.#rests = new PromptRests(clock, onRest);
  }

  /** See `PromptRests.isResting`. */
  get isResting(): boolean {
    return this.#rests.isResting;
  }

  /**
   * Shows the prompt, or waits for the one that is shown; a failure of that one is the failure of all who wait, unless
   * it can only be that one's own.
   * @returns what it came to: try silently now, unless it is this very sign-in's own outcome
   */
  async enter(signIn: SignIn<T>, signal: AbortSignal): Promise<Entered<T>> {
    if (this.#current) return this.#join(this.#current, signIn, signal);
    if (!signIn.explicit) this.#rests.refuse(signIn);
    return { own: await this.#show(signIn).join(signal) };
  }

  /** Whether a prompt is shown. */
  get isOpen(): boolean {
    return this.#current !== undefined;
  }

  /** Hears of the sign-ins that succeed from now on. */
  listen(loginHint: string | undefined): Listener<T> {
    let heard: Entered<T> | undefined;
    const hear = (signIn: SignIn<T>, outcome: T): void => {
      heard = signIn.loginHint === loginHint ? { others: outcome } : {};
    };
    this.#listeners.add(hear);
    return {
      get heard() {
        return heard;
      },
      end: () => void this.#listeners.delete(hear),
    };
  }

  /** Ends the prompt that is shown, if it is the owner's. */
  cancel(owner: object, reason: unknown): void {
    if (this.#current?.signIn.owner === owner) this.#current.request.cancel(reason);
  }

  async #join(current: Shown<T>, signIn: SignIn<T>, signal: AbortSignal): Promise<Entered<T>> {
    const { signIn: shown, request } = current;
    const { owner, key, timeoutInMs } = signIn;
    const timeout = new AbortController();
    const limit = this.#limit(timeoutInMs, current, (error) => timeout.abort(error));
    try {
      const outcome = await request.join(AbortSignal.any([signal, timeout.signal]));
      if (shown.owner === owner && shown.key === key) return { own: outcome };
      return shown.loginHint === signIn.loginHint ? { others: outcome } : {};
    } catch (error) {
      timeout.signal.throwIfAborted();
      if (!signal.aborted && failsAlone(shown, error, signIn)) return {};
      throw error;
    } finally {
      limit?.cancel();
    }
  }

  #show(signIn: SignIn<T>): SharedRequest<T> {
    let stopTimers = (): void => {};
    const request = new SharedRequest<T>(
      (signal) => signIn.start(signal, (hint) => (shown.hint = hint)),
      () => {
        this.#current = undefined;
        stopTimers();
      },
    );
    const shown: Shown<T> = { signIn, request, hint: undefined };
    this.#current = shown;
    stopTimers = this.#startTimers(shown);
    request.outcome.then(
      (outcome) => {
        this.#rests.end();
        for (const hear of this.#listeners) hear(signIn, outcome);
      },
      (error: unknown) => {
        if (isAuthenticationError(error)) this.#rests.begin(signIn, error);
      },
    );
    return request;
  }

  #startTimers(shown: Shown<T>): () => void {
    const { signIn, request } = shown;
    const limit = this.#limit(signIn.timeoutInMs, shown, (error) => request.cancel(error));
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

  #limit(
    ms: number | undefined,
    shown: Shown<T>,
    end: (error: AuthenticationError) => void,
  ): { cancel(): void } | undefined {
    return ms === undefined ? undefined : this.#clock.after(ms, () => end(personTimeout(ms, shown.hint?.())));
  }
}

/** Whether the failure of `shown` says nothing about `waiting`, which may ask by itself. */
function failsAlone<T>(shown: SignIn<T>, error: unknown, waiting: SignIn<T>): boolean {
  if (shown.loginHint !== waiting.loginHint) return true;
  const { detail = "" } = error as { readonly detail?: string };
  if (shown.key !== waiting.key && REQUEST_REFUSED.has(detail)) return true;
  // Another credential that was disposed, or whose callers have left.
  return shown.owner !== waiting.owner && !isAuthenticationError(error);
}

function personTimeout(limitInMs: number, hint: string = AGAIN): AuthenticationError {
  return new AuthenticationError({
    code: "timeout",
    what: `Nobody signed in within ${Math.round(limitInMs / 100) / 10} s`,
    remedy: hint,
    detail: "interactive_timeout",
    retryable: true,
  });
}
