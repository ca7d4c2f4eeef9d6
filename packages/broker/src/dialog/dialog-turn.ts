import { AbortError } from "@entrada/core/credential";
import { oneOfProcess } from "../one-of-process.ts";

/** Other versions of this package read it, too: keep the shape. */
export interface DialogQueue {
  /** Settles when the dialog that was last queued is done. */
  last: Promise<void>;
}

/** The queue that all dialogs of this process share: each credential has a transport of its own. */
export function dialogsOfProcess(): DialogQueue {
  return oneOfProcess("dialogs", () => ({ last: Promise.resolve() }));
}

/**
 * Shows one dialog at a time: WAM refuses a second one. Whoever waits keeps the order of asking, and leaves when the
 * signal aborts.
 */
export async function inTurn<T>(queue: DialogQueue, signal: AbortSignal, show: () => Promise<T>): Promise<T> {
  const before = queue.last;
  let done = (): void => undefined;
  const shown = new Promise<void>((resolve) => (done = resolve));
  queue.last = before.then(() => shown);
  try {
    await untilAbort(() => before, signal);
    // Raced, too: what is shown may wait for the application, which hears of no abort.
    return await untilAbort(show, signal);
  } finally {
    done();
  }
}

/** What was started, at most until the signal aborts. @throws AbortError then */
export async function untilAbort<T>(start: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new AbortError(signal);
  let leave = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(new AbortError(signal));
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([start(), aborted]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
