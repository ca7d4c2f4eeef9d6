import { checkNames } from "../errors/known-names.ts";
import { LoadOnce } from "../load-once.ts";
import { lazyTokenCache } from "./lazy-token-cache.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

/**
 * A `TokenCacheStore` in memory: to share sign-ins between credentials of one process, and for tests. It takes no
 * options: any name is refused.
 */
export function memoryTokenCache(...given: []): TokenCacheStore {
  const [options = {}]: readonly object[] = given;
  checkNames("options", options, {});
  return lazyTokenCache(
    new LoadOnce(async () => {
      const { MemoryRecords } = await import("./records.ts");
      return new MemoryRecords();
    }),
  );
}
