/**
 * The result of `call`, or `over()` thrown when it takes longer than `limitInMs`; then the signal tells the call that
 * nobody waits for it any more.
 */
export function withinLimit<T>(
  limitInMs: number,
  call: (signal: AbortSignal) => Promise<T>,
  over: () => Error,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const limit = new AbortController();
    // Not unref'd: somebody awaits the answer.
    const timer = setTimeout(() => {
      reject(over());
      limit.abort();
    }, limitInMs);
    call(limit.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
