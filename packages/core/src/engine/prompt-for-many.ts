import { deferred } from "../deferred.ts";
import type { Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import type { SharedSignIns } from "../flow/shared-sign-ins.ts";
import { signedInElsewhere } from "../flow/signed-in-elsewhere.ts";
import { type AuthenticationError, isAuthenticationError } from "../errors/authentication-error.ts";
import { isFaultOnTheWay } from "../refusals/is-fault-on-the-way.ts";
import { whatOf } from "../refusals/what-of.ts";

export interface PromptForMany<T> {
  readonly sharing: SharedSignIns;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The last state in which the token could not be had silently; absent: the present one counts as such. */
  readonly seen: string | undefined;
  /** Whether the caller wants this prompt and no other: then it is not ended for another process's sign-in. */
  readonly forced: boolean;
  /** Asks the person. */
  ask(signal: AbortSignal): Promise<T>;
  /** Gets the token without the person, if another process's sign-in allows it. */
  silently(signal: AbortSignal): Promise<T>;
  /** Called once when another process is asking the person. */
  onOther(): void;
  /** Takes who says what has stood in the way when the person's time is over; undefined: nothing but the person. */
  explain(trouble: () => string | undefined): void;
}

// A look at the cache is cheap, and a person who comes back from another window does not notice less.
const LOOK_EVERY_IN_MS = 1000;

/**
 * Asks the person, once for all processes that share a token cache: while one asks, the others wait; and whoever waits,
 * for the person or for the other process, looks whether somebody has signed in meanwhile, and then goes on silently.
 */
export async function promptForMany<T>(options: PromptForMany<T>): Promise<T> {
  const { sharing, signal, forced } = options;
  const prompt = new AbortController();
  const inner = AbortSignal.any([signal, prompt.signal]);
  const watch = new SignInWatch(options, inner, options.seen ?? (await sharing.state()));
  const explain = (otherwise?: string): void => options.explain(() => watch.trouble ?? otherwise);
  const asked = sharing.alone(
    async () => {
      watch.isAsking = true;
      explain();
      return (await watch.look()) ?? options.ask(inner);
    },
    inner,
    () => {
      explain(ASKED_ELSEWHERE);
      options.onOther();
    },
  );
  const found = watch.found.then((outcome) => {
    prompt.abort(signedInElsewhere());
    return outcome;
  });
  watch.start(() => !(forced && watch.isAsking));
  try {
    return await Promise.race([asked, found]);
  } finally {
    watch.stop();
  }
}

const ASKED_ELSEWHERE =
  "Another process with the same token cache was asking the person, and this one waited for that: sign in there";

function notTakenOver(error: AuthenticationError): string {
  return `Somebody has signed in for another process with the same token cache, but it brought no token here: ${whatOf(error)}`;
}

class SignInWatch<T> {
  isAsking = false;
  /** Why the last look brought nothing although somebody has signed in. */
  trouble: string | undefined;
  readonly #found = deferred<T>();
  readonly #options: PromptForMany<T>;
  readonly #signal: AbortSignal;
  #seen: string;
  // One at a time: it ends with the state that it has tried, so whoever joins it loses nothing.
  #looking: Promise<T | undefined> | undefined;
  #timer: { cancel(): void } | undefined;

  constructor(options: PromptForMany<T>, signal: AbortSignal, seen: string) {
    this.#options = options;
    this.#signal = signal;
    this.#seen = seen;
  }

  /** Settles when another process's sign-in serves this one. */
  get found(): Promise<T> {
    return this.#found.promise;
  }

  start(mayEnd: () => boolean): void {
    this.#timer = this.#options.clock.after(LOOK_EVERY_IN_MS, () => {
      const looking = mayEnd() ? this.look() : Promise.resolve(undefined);
      looking.then(
        (outcome) => {
          this.trouble = undefined;
          return outcome === undefined
            ? this.#signal.aborted || this.start(mayEnd)
            : this.#found.resolve(outcome);
        },
        (error: unknown) => {
          if (this.#signal.aborted) return;
          this.trouble = isAuthenticationError(error) ? notTakenOver(error) : undefined;
          this.start(mayEnd);
        },
      );
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** The token, if somebody may have signed in since the last look and it can be had without a person now. */
  look(): Promise<T | undefined> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<T | undefined> {
    const { sharing, silently } = this.#options;
    for (;;) {
      const state = await sharing.state();
      if (state === this.#seen || this.#signal.aborted) return undefined;
      try {
        return await silently(this.#signal);
      } catch (error) {
        throwIfAborted(this.#signal);
        // A fault of the network says nothing of the sign-in: it is no reason to ask, and one to look again.
        if (isFaultOnTheWay(error)) throw error;
        // Somebody else's sign-in, or one that is not enough for this request: the person is needed all the same.
      }
      // What was true when the request began; somebody may have signed in since.
      this.#seen = state;
    }
  }
}
