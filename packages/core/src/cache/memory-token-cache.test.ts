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

test("one at a time asks the person, and who has to wait is told", async () => {
  const store = memoryTokenCache();
  const steps: string[] = [];
  const one = store.withPromptLock!("k", async () => void steps.push("one"));
  const two = store.withPromptLock!("k", async () => void steps.push("two"), {
    onHeld: () => steps.push("held"),
  });
  await Promise.all([one, two]);
  expect(steps).toEqual(["held", "one", "two"]);
});

test("it takes no options, and says so of what it is given", () => {
  const given: unknown[] = [{ name: "x" }];
  expect(() => memoryTokenCache(...(given as []))).toThrow(
    expect.objectContaining({
      name: "TypeError",
      message: expect.stringContaining('The option "name" is not') as string,
    }),
  );
  expect(() => memoryTokenCache(...(["x"] as never as []))).toThrow('The option "options" must be an object');
});
