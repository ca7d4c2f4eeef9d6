import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { memoryTokenCache } from "./memory-token-cache.ts";

test("whoever got the lock leaves no listener on the signal, nor does who gave up", async () => {
  const store = memoryTokenCache();
  const { signal } = new AbortController();
  const given = new AbortController();
  await store.withLock(
    "k",
    async () => {
      expect(getEventListeners(signal, "abort")).toEqual([]);
      const waiting = store.withLock("k", async () => {}, { signal: given.signal });
      given.abort();
      await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
      expect(getEventListeners(given.signal, "abort")).toEqual([]);
    },
    { signal },
  );
});
