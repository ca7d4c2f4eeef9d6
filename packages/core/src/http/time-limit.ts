import type { Clock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";

export interface TimeLimit {
  readonly clock: Clock;
  readonly limitInMs: number;
  readonly signal: AbortSignal;
  /** Makes the error that is thrown when the time is over. */
  readonly tooLate: () => Error;
}

/**
 * Runs `work` until it settles, the time is over or the signal aborts, whichever is first. The signal that `work` gets
 * aborts in both of the latter cases, but nobody waits for work that does not listen.
 */
export async function withinTime<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, limitInMs, signal, tooLate } = limit;
  throwIfAborted(signal);
  const inner = new AbortController();
  let end = (): void => undefined;
  const abandoned = new Promise<never>((_, reject) => {
    const leave = (): void => reject(new AbortError(signal));
    const timer = clock.after(limitInMs, () => reject(tooLate()));
    signal.addEventListener("abort", leave, { once: true });
    end = () => {
      timer.cancel();
      signal.removeEventListener("abort", leave);
    };
  });
  let finished = false;
  try {
    const result = await Promise.race([work(inner.signal), abandoned]);
    finished = true;
    return result;
  } finally {
    end();
    if (!finished) inner.abort(signal.reason);
  }
}

/** Lets `ms` pass, unless the signal aborts. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  let end = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => reject(new AbortError(signal));
      const timer = clock.after(ms, resolve);
      signal.addEventListener("abort", leave, { once: true });
      end = () => {
        timer.cancel();
        signal.removeEventListener("abort", leave);
      };
    });
  } finally {
    end();
  }
}
