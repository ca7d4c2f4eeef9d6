import type { TokenCacheStore } from "@entrada/core";

/** A store whose parts are loaded at its first use. */
export function lazyTokenCache(load: () => Promise<TokenCacheStore>): TokenCacheStore {
  let loading: Promise<TokenCacheStore> | undefined;
  const loaded = (): Promise<TokenCacheStore> => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    read: async () => (await loaded()).read(),
    write: async (data) => (await loaded()).write(data),
    clear: async () => (await loaded()).clear(),
    withLock: async (work, options) => (await loaded()).withLock(work, options),
  };
}
