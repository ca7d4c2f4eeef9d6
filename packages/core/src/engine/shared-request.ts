import { AbortError } from "../errors/abort-error.ts";
import type { AbortSignalLike } from "../token-credential.ts";
import { onAbort } from "./on-abort.ts";

/** One who waits for a shared piece of work. */
export interface Waiting<T> {
  readonly outcome: Promise<T>;
  /** Waits no more, without an end to the work: whoever comes next finds it done. */
  release(): void;
}

/**
 * One piece of work that several callers wait for. A caller that aborts leaves alone; when the last one has left,
 * the work itself is cancelled. A cancelled request ends at once, even where the work does not listen.
 */
export class SharedRequest<T> {
  /** How the work ended, for whoever started it. Never left unhandled. */
  readonly outcome: Promise<T>;
  readonly #controller = new AbortController();
  readonly #onEnd: () => void;
  #waiting = 0;
  #ended = false;

  /** @param onEnd runs once, before any caller hears how it ended: take the request out of the map there. */
  constructor(start: (signal: AbortSignal) => Promise<T>, onEnd: () => void) {
    this.#onEnd = onEnd;
    const { signal } = this.#controller;
    this.outcome = new Promise<T>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      // Not before whoever made this request could keep it: the work may lead to a call that wants to join it.
      Promise.resolve()
        .then(() => {
          signal.throwIfAborted();
          return start(signal);
        })
        .then(resolve, reject);
    }).finally(() => this.#end());
    // Callers hear of a failure through join(). Once all have left, it concerns nobody.
    this.outcome.catch(() => {});
  }

  /** Whether anybody waits for the outcome. */
  get isAwaited(): boolean {
    return this.#waiting > 0;
  }

  /** Waits for the work, at most until `signal` aborts. */
  join(signal?: AbortSignalLike): Promise<T> {
    return this.wait(signal).outcome;
  }

  /** The same, for one who may be served otherwise meanwhile. */
  wait(signal?: AbortSignalLike): Waiting<T> {
    if (signal?.aborted) {
      const left = new AbortError(signal);
      if (this.#waiting === 0) this.cancel(left);
      return { outcome: Promise.reject(left), release: () => {} };
    }
    this.#waiting += 1;
    let stop = (): void => {};
    let release = (): void => {
      this.#waiting -= 1;
      stop();
      release = () => {};
    };
    const waiting = { outcome: this.outcome, release: () => release() };
    if (!signal) return waiting;
    const outcome = new Promise<T>((resolve, reject) => {
      stop = onAbort(signal, () => {
        reject(new AbortError(signal));
        release();
        if (this.#waiting === 0) this.cancel(new AbortError(signal));
      });
      this.outcome.finally(stop).then(resolve, reject);
    });
    return { ...waiting, outcome };
  }

  /** Ends the work for everybody: all callers get `reason`. */
  cancel(reason: unknown): void {
    if (this.#ended) return;
    this.#end();
    this.#controller.abort(reason);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
  }
}
