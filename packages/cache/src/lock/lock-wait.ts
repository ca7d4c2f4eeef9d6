import { AbortError, throwIfAborted } from "@entrada/core/credential";
import { cacheError } from "../cache-error.ts";
import { monotonicTime } from "../monotonic-time.ts";

/** One wait for a lock: how long at most, and until whose patience ends. */
export class LockWait {
  readonly limitInMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #startedAt = monotonicTime();

  /** @throws AbortError */
  constructor(limitInMs: number, signal: AbortSignal | undefined) {
    throwIfAborted(signal);
    this.limitInMs = limitInMs;
    this.#signal = signal;
  }

  get elapsedInMs(): number {
    return monotonicTime() - this.#startedAt;
  }

  get isOver(): boolean {
    return this.#rest() <= 0;
  }

  /**
   * Waits until `event` settles, but no longer than this wait's limit.
   * @returns whether it has settled: a timer may come a moment before the limit does.
   * @throws AbortError
   */
  until(event: Promise<unknown>): Promise<boolean> {
    return this.#wait(Infinity, event);
  }

  /** @throws AbortError */
  async pause(ms: number): Promise<void> {
    await this.#wait(ms);
  }

  // Without an event rather than with one that never comes: that one would keep all who have ever waited for it.
  #wait(atMostInMs: number, event?: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => (): void => {
        clearTimeout(timer);
        this.#signal?.removeEventListener("abort", abort);
        finish();
      };
      const happened = settle(() => resolve(true));
      const abort = settle(() => reject(new AbortError(this.#signal)));
      // Not unref'd: somebody awaits the lock.
      const timer = setTimeout(
        settle(() => resolve(false)),
        Math.max(Math.min(this.#rest(), atMostInMs), 0),
      );
      if (this.#signal?.aborted) abort();
      else this.#signal?.addEventListener("abort", abort);
      event?.then(happened, happened);
    });
  }

  #rest(): number {
    return this.limitInMs - this.elapsedInMs;
  }
}

export function lockedError(wait: LockWait, owner?: number): Error {
  const who = owner === undefined ? "another process" : `process ${owner}`;
  return cacheError(
    "cache_locked",
    `The token cache was held by ${who} for more than ${wait.limitInMs / 1000} s`,
    "Try again, or end that process if it hangs",
  );
}
