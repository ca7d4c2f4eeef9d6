// A test of a package of the CommonJS kind, as vitest runs it. The compiler takes its imports for require().
import { describeTokenCacheStore, memoryTokenCache } from "@entrada/core/testing";

describeTokenCacheStore("memory", () => {
  const store = memoryTokenCache();
  return { open: () => store };
});
