import { afterEach, describe } from "vitest";
import type { TokenCacheStoreSetup } from "./token-cache-store/store-setup.ts";
import { testAccesses } from "./token-cache-store/test-accesses.ts";
import { testManyAtOnce } from "./token-cache-store/test-many-at-once.ts";
import { testPromptLock } from "./token-cache-store/test-prompt-lock.ts";
import { testRecords } from "./token-cache-store/test-records.ts";

/**
 * What every `TokenCacheStore` must do, as a vitest suite: call it in a test file of your own.
 *
 * @example
 * ```ts
 * import { describeTokenCacheStore, memoryTokenCache } from "@entrada/core/testing";
 *
 * describeTokenCacheStore("memory", () => {
 *   const store = memoryTokenCache();
 *   return { open: () => store };
 * });
 * ```
 */
export function describeTokenCacheStore(
  name: string,
  setup: () => TokenCacheStoreSetup | Promise<TokenCacheStoreSetup>,
): void {
  describe(`token cache store: ${name}`, () => {
    let disposing: TokenCacheStoreSetup | undefined;
    const start = async (): Promise<TokenCacheStoreSetup> => (disposing = await setup());
    afterEach(async () => {
      await disposing?.dispose?.();
      disposing = undefined;
    });
    testRecords(start);
    testAccesses(start);
    testPromptLock(start);
    testManyAtOnce(start);
  });
}
