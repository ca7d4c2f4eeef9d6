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
   * Waits until `event` settles, but no longer than `atMostInMs` and this wait's limit.
   * @throws AbortError
   */
  until(event: Promise<unknown>, atMostInMs: number = Infinity): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => (): void => {
        clearTimeout(timer);
        this.#signal?.removeEventListener("abort", abort);
        finish();
      };
      const end = settle(resolve);
      const abort = settle(() => reject(new AbortError(this.#signal)));
      // Not unref'd: somebody awaits the lock.
      const timer = setTimeout(end, Math.max(Math.min(this.#rest(), atMostInMs), 0));
      if (this.#signal?.aborted) abort();
      this.#signal?.addEventListener("abort", abort, { once: true });
      event.then(end, end);
    });
  }

  /** @throws AbortError */
  pause(ms: number): Promise<void> {
    return this.until(NEVER, ms);
  }

  #rest(): number {
    return this.limitInMs - this.elapsedInMs;
  }
}

const NEVER = new Promise<never>(() => {});

export function lockedError(wait: LockWait, owner?: number): Error {
  const who = owner === undefined ? "another process" : `process ${owner}`;
  return cacheError(
    "cache_locked",
    `The token cache was held by ${who} for more than ${wait.limitInMs / 1000} s`,
    "Try again, or end that process if it hangs",
  );
}
