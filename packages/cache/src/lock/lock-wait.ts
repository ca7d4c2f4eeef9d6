import { AbortError, throwIfAborted } from "@entrada/core/flow";
import { cacheError } from "../cache-error.ts";

/** One wait for a lock: until when, and until whose patience ends. */
export class LockWait {
  readonly #startedAt = performance.now();
  readonly #limitInMs: number;
  readonly #signal: AbortSignal | undefined;
  /** The process that holds the lock, as far as it is known. */
  owner: number | undefined;

  constructor(limitInMs: number, signal: AbortSignal | undefined) {
    this.#limitInMs = limitInMs;
    this.#signal = signal;
  }

  /** @throws AbortError, or AuthenticationError `cache_locked` when the time is over. */
  check(): void {
    throwIfAborted(this.#signal);
    if (this.#rest() > 0) return;
    const owner = this.owner === undefined ? "another process" : `process ${this.owner}`;
    throw cacheError(
      "cache_locked",
      `The token cache was held by ${owner} for more than ${this.#limitInMs / 1000} s`,
      "Try again, or end that process if it hangs",
    );
  }

  /** Waits until `listen` calls back, for `atMostInMs`, or until `check` would throw. `listen` returns its undoing. */
  until(listen: (resume: () => void) => () => void, atMostInMs: number = Infinity): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.#signal?.removeEventListener("abort", abort);
        stop();
        finish();
      };
      const abort = (): void => settle(() => reject(new AbortError(this.#signal)));
      if (this.#signal?.aborted) {
        reject(new AbortError(this.#signal));
        return;
      }
      // Not unref'd: somebody awaits the lock.
      const timer = setTimeout(() => settle(resolve), Math.max(Math.min(this.#rest(), atMostInMs), 0));
      this.#signal?.addEventListener("abort", abort, { once: true });
      const stop = listen(() => settle(resolve));
    });
  }

  pause(ms: number): Promise<void> {
    return this.until(() => () => {}, ms);
  }

  #rest(): number {
    return this.#limitInMs - (performance.now() - this.#startedAt);
  }
}
