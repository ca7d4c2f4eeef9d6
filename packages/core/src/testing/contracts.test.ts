import { describeTokenCacheStore, memoryTokenCache } from "../testing.ts";

describeTokenCacheStore("memory", () => {
  const store = memoryTokenCache();
  return { open: () => store };
});
