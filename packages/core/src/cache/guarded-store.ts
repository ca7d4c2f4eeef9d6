import { deferred } from "../deferred.ts";
import type { Clock } from "../clock.ts";
import { AuthenticationError, isAuthenticationError } from "../errors/authentication-error.ts";
import type { TokenCacheStore, TokenCacheWarning } from "./token-cache-store.ts";

// A store's own limits are 10 s. This one is for stores that have none.
const LONGEST_WAIT_IN_MS = 12_000;

const FAULTS = {
  cache_unreadable: "The token cache could not be read",
  cache_unwritable: "The token cache could not be saved",
  cache_locked: "The token cache was not free in time",
} as const;

/**
 * Somebody's store, made safe to rest on: it answers in time, what it throws is a typed error, and "nothing there"
 * may be said in any way. An abort stays an abort.
 * @param hear - is told what the store warns of while it is used; between uses the store holds on to nobody
 */
export function guardedStore(
  store: TokenCacheStore,
  clock: Clock,
  hear: (warning: TokenCacheWarning) => void = () => {},
): TokenCacheStore {
  const guard = async <T>(detail: keyof typeof FAULTS, call: () => Promise<T>): Promise<T> => {
    let timer: { cancel(): void } | undefined;
    let unwatch: (() => void) | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = clock.after(LONGEST_WAIT_IN_MS, () => reject(storeFault(detail)));
    });
    try {
      unwatch = store.watchWarnings?.(hear);
      return await Promise.race([call(), late]);
    } catch (error) {
      throw typed(error, detail);
    } finally {
      timer?.cancel();
      unwatch?.();
    }
  };
  return {
    read: async (key) => (await guard("cache_unreadable", async () => store.read(key))) ?? undefined,
    list: async () => (await guard("cache_unreadable", async () => store.list())) ?? [],
    ...(store.revision && {
      revision: () => guard("cache_unreadable", async () => store.revision!()),
    }),
    write: (key, data, label) => guard("cache_unwritable", async () => store.write(key, data, label)),
    remove: (key) => guard("cache_unwritable", async () => store.remove(key)),
    clear: () => guard("cache_unwritable", async () => store.clear()),
    // Only the wait is limited: the work has limits of its own.
    withLock: async (key, work, options) => {
      let givenUp = false;
      let running: ReturnType<typeof work> | undefined;
      const begun = deferred<void>();
      const whole = (async () =>
        store.withLock(
          key,
          () => {
            if (givenUp) return refused(storeFault("cache_locked"));
            running = work();
            begun.resolve();
            return running;
          },
          options,
        ))();
      whole.catch(() => {
        // Whoever waits hears of it below.
      });
      try {
        await guard("cache_locked", () => Promise.race([begun.promise, whole.then(() => undefined)]));
        if (!running)
          throw storeFault("cache_locked", new TypeError("withLock ended without running its work"));
      } catch (error) {
        givenUp = true;
        throw error;
      }
      // The work's result comes from the work: a store may end before it, or answer with something else.
      const result = await running;
      await whole.catch((error: unknown) => {
        throw typed(error, "cache_unwritable");
      });
      return result;
    },
  };
}

/** A rejection that ends no process, if the store does not wait for it. */
function refused(reason: AuthenticationError): Promise<never> {
  const refusal = Promise.reject(reason);
  refusal.catch(() => {});
  return refusal;
}

function typed(error: unknown, detail: keyof typeof FAULTS): unknown {
  const known = isAuthenticationError(error) || (error as Error | undefined)?.name === "AbortError";
  return known ? error : storeFault(detail, error);
}

/** A fault of somebody's store, which has none of its own. */
export function storeFault(detail: keyof typeof FAULTS, cause?: unknown): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    what: FAULTS[detail],
    remedy: "Sign-ins go on in memory; see the cause, and the store that was passed as tokenCache",
    detail,
    cause,
    retryable: detail === "cache_locked",
  });
}
