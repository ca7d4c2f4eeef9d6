import { AbortError } from "../errors/abort-error.ts";
import type { AbortSignalLike } from "../token-credential.ts";
import { onAbort } from "./on-abort.ts";

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

  /** Waits for the work, at most until `signal` aborts. */
  join(signal?: AbortSignalLike): Promise<T> {
    if (signal?.aborted) {
      const left = new AbortError(signal);
      if (this.#waiting === 0) this.cancel(left);
      return Promise.reject(left);
    }
    this.#waiting += 1;
    if (!signal) return this.outcome;
    return new Promise<T>((resolve, reject) => {
      const stop = onAbort(signal, () => {
        stop();
        reject(new AbortError(signal));
        this.#waiting -= 1;
        if (this.#waiting === 0) this.cancel(new AbortError(signal));
      });
      this.outcome.finally(stop).then(resolve, reject);
    });
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
