import { AbortError } from "../errors/abort-error.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

/** A `TokenCacheStore` in memory: to share sign-ins between credentials of one process, and for tests. */
export function memoryTokenCache(): TokenCacheStore {
  let content: Uint8Array | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async () => content,
    write: async (data) => {
      content = Uint8Array.from(data);
    },
    clear: async () => {
      content = undefined;
    },
    withLock: (work, { signal } = {}) => {
      const before = last;
      let abort = (): void => {};
      const aborted = new Promise<never>((_, reject) => {
        abort = () => reject(new AbortError(signal));
        if (signal?.aborted) abort();
        signal?.addEventListener("abort", abort, { once: true });
      });
      aborted.catch(() => {
        // Nobody waits for it once the lock was got.
      });
      const turn = Promise.race([before, aborted]).finally(() => signal?.removeEventListener("abort", abort));
      const done = turn.then(work);
      last = Promise.allSettled([before, done]);
      return done;
    },
  };
}
