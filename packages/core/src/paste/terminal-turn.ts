import { AbortError } from "../errors/abort-error.ts";

// Two copies of this package may meet in one process, and there is one terminal.
const LAST: unique symbol = Symbol.for("entrada.terminalTurn") as never;

/**
 * Waits until no other question is open at the terminal.
 * @returns ends this turn
 * @throws AbortError when `signal` is aborted before the turn has come
 */
export async function terminalTurn(signal: AbortSignal): Promise<() => void> {
  const turns = globalThis as { [LAST]?: Promise<void> };
  const before = turns[LAST] ?? Promise.resolve();
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  turns[LAST] = before.then(() => ended);
  try {
    await untilAborted(before, signal);
  } catch (error) {
    end();
    throw error;
  }
  return end;
}

function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new AbortError(signal));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    void work.then(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
  });
}
