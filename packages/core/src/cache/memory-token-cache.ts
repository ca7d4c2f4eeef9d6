import { checkNames } from "../errors/known-names.ts";
import { KeyTurns } from "./key-turns.ts";
import type { TokenCacheEntry, TokenCacheStore } from "./token-cache-store.ts";

/**
 * A `TokenCacheStore` in memory: to share sign-ins between credentials of one process, and for tests. It takes no
 * options: any name is refused.
 */
export function memoryTokenCache(...given: []): TokenCacheStore {
  const [options = {}]: readonly object[] = given;
  checkNames("options", options, {});
  const records = new Map<string, { readonly entry: TokenCacheEntry; readonly data: Uint8Array }>();
  const turns = new KeyTurns();
  // Credentials of one copy of this package ask once in any case; those of another copy come to it by the store alone.
  const prompts = new KeyTurns();
  return {
    read: async (key) => records.get(key)?.data,
    list: async () => Array.from(records.values(), ({ entry }) => entry),
    write: async (key, data, label) => {
      const entry = Object.freeze(label === undefined ? { key } : { key, label });
      records.set(key, { entry, data: Uint8Array.from(data) });
    },
    remove: async (key) => void records.delete(key),
    clear: async () => records.clear(),
    withLock: (key, work, { signal } = {}) => turns.run(key, work, signal),
    withPromptLock: (key, work, { signal, onHeld } = {}) => prompts.run(key, work, signal, onHeld),
  };
}
