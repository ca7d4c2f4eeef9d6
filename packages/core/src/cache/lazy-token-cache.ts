import type { LoadOnce } from "../load-once.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

/** A store whose parts are loaded at its first use: who only imports this package pays for none of them. */
export function lazyTokenCache(store: Pick<LoadOnce<TokenCacheStore>, "get">): TokenCacheStore {
  return {
    read: async (key) => (await store.get()).read(key),
    list: async () => (await store.get()).list(),
    revision: async () => (await store.get()).revision?.(),
    write: async (key, data, label) => (await store.get()).write(key, data, label),
    remove: async (key) => (await store.get()).remove(key),
    clear: async () => (await store.get()).clear(),
    withLock: async (key, work, options) => (await store.get()).withLock(key, work, options),
    withPromptLock: async (key, work, options) => {
      const loaded = await store.get();
      return loaded.withPromptLock ? loaded.withPromptLock(key, work, options) : work();
    },
  };
}
