import { describeTokenCacheStore, memoryTokenCache } from "../testing.ts";
import { blobTokenCache } from "../cache/blob/blob-token-cache.ts";
import { blobInMemory } from "./blob-in-memory.ts";

describeTokenCacheStore("memory", () => {
  const store = memoryTokenCache();
  return { open: () => store };
});

describeTokenCacheStore("one blob", () => {
  const open = blobInMemory();
  return { open: () => blobTokenCache(open()) };
});
