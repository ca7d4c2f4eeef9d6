import { expect, test } from "vitest";
import { lazyTokenCache } from "./lazy-token-cache.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

const METHODS = [
  "read",
  "list",
  "revision",
  "write",
  "remove",
  "clear",
  "withLock",
  "withPromptLock",
] as const satisfies readonly (keyof TokenCacheStore)[];

test("a store that is loaded at its first use is asked each thing as it was asked, and its answer comes back", async () => {
  let loads = 0;
  const store = Object.fromEntries(
    METHODS.map((name) => [name, async (...given: readonly unknown[]) => [name, ...given]]),
  ) as unknown as TokenCacheStore;
  const lazy = lazyTokenCache({
    get: async () => {
      loads += 1;
      return store;
    },
  }) as unknown as Record<string, (...given: readonly unknown[]) => Promise<unknown>>;
  expect(loads).toBe(0);
  for (const name of METHODS) {
    const given = [1, 2, 3].slice(0, (lazy[name] as () => unknown).length);
    expect(await lazy[name]?.(...given)).toEqual([name, ...given]);
  }
  expect(loads).toBe(METHODS.length);
});

test("one that counts no sign-ins and knows no lock for prompts has no revision, and lets each prompt begin", async () => {
  const lazy = lazyTokenCache({ get: async () => ({}) as TokenCacheStore });
  expect(await lazy.revision?.()).toBeUndefined();
  expect(await lazy.withPromptLock?.("k", async () => 7)).toBe(7);
});
