import type { Clock } from "../clock.ts";
import { isCacheFault } from "./cache-fault.ts";
import { storeFault } from "./guarded-store.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

// Whoever takes this long to fail is not in reach: a server that hangs, a disk of another machine.
const LONG_IN_MS = 3_000;
/** After this time nobody waits for an answer any more: see `guardedStore`. Before, a person may unlock a keyring. */
const GIVEN_UP_IN_MS = 12_000;
const REST_IN_MS = 30_000;

/** A store that may be out of reach. */
export interface RestingStore {
  /** Left alone for a while after it was waited for in vain: what failed is told again meanwhile. */
  readonly resting: TokenCacheStore;
  /**
   * The same store, asked in any case: for a sign-out. A token is got in another way meanwhile, but who signs out is
   * told that it failed only if it was tried. The first step that fails ends it, so that it waits once, too.
   */
  readonly outright: TokenCacheStore;
}

/**
 * Rests a store. One call of a credential takes several steps at its store, and each would wait anew for one that is out
 * of reach: a minute before a person is asked.
 */
export function withRest(store: TokenCacheStore, clock: Pick<Clock, "monotonic">): RestingStore {
  /** When each call began that has not been answered. */
  const asked = new Set<{ readonly since: number }>();
  let rest: { readonly until: number; readonly error: unknown } | undefined;

  const refuse = (): void => {
    const now = clock.monotonic();
    if (rest && now < rest.until) throw rest.error;
    for (const { since } of asked) {
      // One that was asked still longer ago went out on a connection that is lost.
      if (now - since >= GIVEN_UP_IN_MS && now - since < GIVEN_UP_IN_MS + REST_IN_MS)
        throw storeFault("cache_unreadable", new Error("It has not answered yet"));
    }
  };
  /** @param isWaiting - whether it is for the store that the call still waits */
  const inReach = async <T>(call: () => Promise<T>, isWaiting = (): boolean => true): Promise<T> => {
    const since = clock.monotonic();
    try {
      const answer = await call();
      rest = undefined;
      return answer;
    } catch (error) {
      const now = clock.monotonic();
      if (now - since >= LONG_IN_MS && isWaiting() && isFault(error)) {
        rest = { until: now + REST_IN_MS, error };
      }
      throw error;
    }
  };
  /** The store, of which each call begins with a look whether to ask it at all. */
  const asking = (look: () => void): TokenCacheStore => {
    const answered = async <T>(call: () => Promise<T>): Promise<T> => {
      look();
      const one = { since: clock.monotonic() };
      asked.add(one);
      try {
        return await inReach(call);
      } finally {
        asked.delete(one);
      }
    };
    /** Others may hold a lock for long, and work in it may take long: neither is the store's fault. */
    const locked = async <T>(
      work: () => Promise<T>,
      lock: (work: () => Promise<T>) => Promise<T>,
    ): Promise<T> => {
      look();
      let begun = false;
      const begin = (): Promise<T> => {
        begun = true;
        return work();
      };
      return inReach(
        () => lock(begin),
        () => !begun,
      );
    };
    return {
      read: (key) => answered(async () => store.read(key)),
      list: () => answered(async () => store.list()),
      ...(store.revision && { revision: () => answered(async () => store.revision!()) }),
      write: (key, data, label) => answered(async () => store.write(key, data, label)),
      remove: (key) => answered(async () => store.remove(key)),
      clear: () => answered(async () => store.clear()),
      withLock: (key, work, options) => locked(work, async (begin) => store.withLock(key, begin, options)),
      ...(store.withPromptLock && {
        withPromptLock: (key, work, options) =>
          locked(work, async (begin) => store.withPromptLock!(key, begin, options)),
      }),
      ...(store.watchWarnings && { watchWarnings: (listener) => store.watchWarnings!(listener) }),
    };
  };

  return { resting: asking(refuse), outright: asking(() => {}) };
}

/** Neither a lock that others hold, nor what the caller has ended. */
function isFault(error: unknown): boolean {
  return !isCacheFault(error, "cache_locked") && (error as Error | undefined)?.name !== "AbortError";
}
