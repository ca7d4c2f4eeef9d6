import { describeTokenCacheStore, memoryTokenCache } from "./index.ts";

describeTokenCacheStore("memory", () => {
  const store = memoryTokenCache();
  return { open: () => store };
});
