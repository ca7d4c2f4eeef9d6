import { deferred } from "../deferred.ts";
import type { Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import type { SharedSignIns } from "../flow/shared-sign-ins.ts";
import { signedInElsewhere } from "../flow/signed-in-elsewhere.ts";
import { isFaultOnTheWay } from "../refusals/is-fault-on-the-way.ts";

export interface PromptForMany<T> {
  readonly sharing: SharedSignIns;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether the caller wants this prompt and no other: then it is not ended for another process's sign-in. */
  readonly forced: boolean;
  /** Asks the person. */
  ask(signal: AbortSignal): Promise<T>;
  /** Gets the token without the person, if another process's sign-in allows it. */
  silently(signal: AbortSignal): Promise<T>;
  /** Called once when another process is asking the person. */
  onOther(): void;
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
  const watch = new SignInWatch(options, inner, await sharing.state());
  let hasWaited = false;
  const asked = sharing.alone(
    async () => {
      watch.isAsking = true;
      // Who asked before this process may have got an answer, even before the first look at the cache.
      return (await watch.look(hasWaited && !forced)) ?? options.ask(inner);
    },
    inner,
    () => {
      hasWaited = true;
      options.onOther();
    },
  );
  // Once the other has won, its end is nobody's concern.
  asked.catch(() => {});
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

class SignInWatch<T> {
  isAsking = false;
  readonly #found = deferred<T>();
  readonly #options: PromptForMany<T>;
  readonly #signal: AbortSignal;
  #seen: string;
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
        (outcome) =>
          outcome === undefined ? this.#signal.aborted || this.start(mayEnd) : this.#found.resolve(outcome),
        () => this.#signal.aborted || this.start(mayEnd),
      );
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /**
   * The token, if somebody has signed in since the last look and it can be had without a person now.
   * @param always - whether to try although nobody is seen to have signed in
   */
  async look(always = false): Promise<T | undefined> {
    const { sharing, silently } = this.#options;
    const state = await sharing.state();
    if ((state === this.#seen && !always) || this.#signal.aborted) return undefined;
    let outcome: T | undefined;
    try {
      outcome = await silently(this.#signal);
    } catch (error) {
      throwIfAborted(this.#signal);
      // A fault of the network says nothing of the sign-in: it is no reason to ask, and one to look again.
      if (isFaultOnTheWay(error)) throw error;
      // Somebody else's sign-in, or one that is not enough for this request: the person is needed all the same.
    }
    this.#seen = state;
    return outcome;
  }
}
