import { expect, test, type TestContext } from "vitest";
import type { TokenCacheStore } from "../../cache/token-cache-store.ts";
import { deferred } from "../../deferred.ts";
import { decode, text } from "./store-steps.ts";
import type { StartStore } from "./store-setup.ts";

type PromptLock = NonNullable<TokenCacheStore["withPromptLock"]>;

/** What the lock of whoever asks a person is, in a store that has one. */
export function testPromptLock(start: StartStore): void {
  const locks = async (skip: TestContext["skip"]): Promise<() => PromptLock> => {
    const { open } = await start();
    if (!open().withPromptLock) skip("it has none: each process asks for itself");
    return () => {
      const store = open();
      return (key, work, options) => store.withPromptLock!(key, work, options);
    };
  };

  test("the lock of a prompt hands on what the work returns or throws, and is free afterwards", async ({
    skip,
  }) => {
    const open = await locks(skip);
    const failing = open()("k", () => Promise.reject(new Error("work failed")));
    await expect(failing).rejects.toThrow("work failed");
    expect(await open()("k", async () => 7)).toBe(7);
  });

  test("whoever asks a person can save what came of it: it is another lock", async ({ skip }) => {
    const { open } = await start();
    const store = open();
    if (!store.withPromptLock) return skip("it has none: each process asks for itself");
    await store.withPromptLock("k", async () => {
      await store.withLock("k", () => store.write("k", text("saved")));
      await open().withLock("k", async () => {});
    });
    expect(decode(await open().read("k"))).toBe("saved");
  });

  test("only one asks, and who waits is told so once", async ({ skip }) => {
    const open = await locks(skip);
    const [inside, release, held] = [deferred<void>(), deferred<void>(), deferred<void>()];
    const steps: string[] = [];
    const first = open()("k", async () => {
      inside.resolve();
      await release.promise;
      steps.push("first out");
    });
    await inside.promise;
    const onHeld = (): void => {
      steps.push("held");
      held.resolve();
    };
    const second = open()("k", async () => void steps.push("second in"), { onHeld });
    await Promise.race([held.promise, second]);
    const isNone = steps.includes("second in");
    release.resolve();
    await Promise.all([first, second]);
    if (isNone) return skip("it knows of one handle alone");
    expect(steps).toEqual(["held", "first out", "second in"]);
  });

  test("waiting to ask ends with the signal, and the lock still works", async ({ skip }) => {
    const open = await locks(skip);
    const [inside, release, held] = [deferred<void>(), deferred<void>(), deferred<void>()];
    const first = open()("k", async () => {
      inside.resolve();
      await release.promise;
    });
    await inside.promise;
    const controller = new AbortController();
    const second = open()("k", async () => "in", { signal: controller.signal, onHeld: held.resolve });
    const isNone = await Promise.race([held.promise.then(() => false), second.then(() => true)]);
    controller.abort();
    if (!isNone) await expect(second).rejects.toMatchObject({ name: "AbortError" });
    release.resolve();
    await first;
    if (isNone) return skip("it knows of one handle alone");
    expect(await open()("k", async () => "free")).toBe("free");
  });
}
