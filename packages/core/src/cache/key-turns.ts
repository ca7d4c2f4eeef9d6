import { AbortError } from "../errors/abort-error.ts";

/** The locks of one process, one for each key: first come, first served. */
export class KeyTurns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Runs `work` when all who asked for the same key before have ended theirs.
   * @param onHeld is called where it has to wait for one of them
   * @throws AbortError if the signal came first.
   */
  run<T>(key: string, work: () => Promise<T>, signal?: AbortSignal, onHeld?: () => void): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    if (this.#last.has(key)) onHeld?.();
    let abort = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(new AbortError(signal));
      if (signal?.aborted) abort();
      signal?.addEventListener("abort", abort, { once: true });
    });
    const turn = Promise.race([aborted, before]).finally(() => signal?.removeEventListener("abort", abort));
    const done = turn.then(work);
    const ended: Promise<unknown> = Promise.allSettled([before, done]).then(() => {
      if (this.#last.get(key) === ended) this.#last.delete(key);
    });
    this.#last.set(key, ended);
    return done;
  }
}
