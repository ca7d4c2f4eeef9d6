// Run by store-contract.test.ts: the suite of the contract for each of the liars, and for the store that they lie over.
import { blobTokenCache } from "../../src/cache/blob/blob-token-cache.ts";
import type { TokenCacheStore } from "../../src/cache/token-cache-store.ts";
import { blobInMemory } from "../../src/testing/blob-in-memory.ts";
import { describeTokenCacheStore } from "../../src/testing/describe-token-cache-store.ts";
import { LIARS, Prompts, type Lie } from "./liars.ts";

const STORES: Readonly<Record<string, Lie>> = { honest: () => ({}), ...LIARS };

for (const [name, lie] of Object.entries(STORES)) {
  describeTokenCacheStore(name, () => {
    const open = blobInMemory();
    const prompts = new Prompts();
    return {
      open: () => {
        const { withPromptLock: _, ...store }: TokenCacheStore = blobTokenCache(open());
        return { ...store, ...lie(store, prompts) };
      },
    };
  });
}
