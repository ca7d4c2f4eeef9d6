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
    read: async (key) => (await loaded()).read(key),
    list: async () => (await loaded()).list(),
    revision: async () => {
      const store = await loaded();
      return store.revision ? store.revision() : JSON.stringify(await store.list());
    },
    write: async (key, data, label) => (await loaded()).write(key, data, label),
    remove: async (key) => (await loaded()).remove(key),
    clear: async () => (await loaded()).clear(),
    withLock: async (key, work, options) => (await loaded()).withLock(key, work, options),
    withPromptLock: async (key, work, options) => {
      const store = await loaded();
      return store.withPromptLock ? store.withPromptLock(key, work, options) : work();
    },
  };
}
