import { AbortError } from "@entrada/core/credential";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { stillHeld } from "../../../../tools/measure/still-held.ts";
import { lockedError, LockWait } from "./lock-wait.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
  onTestFinished(() => void vi.useRealTimers());
});

/** What became of a promise: nothing yet, or what it said. */
function fate(promise: Promise<unknown>): () => unknown {
  let is: unknown = "open";
  promise.then(
    (value) => (is = value),
    (error: unknown) => (is = error),
  );
  return () => is;
}

const never = (): Promise<never> => new Promise(() => {});

describe("a wait", () => {
  test("is over when its time has passed, and not before", () => {
    const wait = new LockWait(1000, undefined);
    expect([wait.elapsedInMs, wait.isOver]).toEqual([0, false]);
    vi.advanceTimersByTime(999);
    expect([wait.elapsedInMs, wait.isOver]).toEqual([999, false]);
    vi.advanceTimersByTime(1);
    expect([wait.elapsedInMs, wait.isOver]).toEqual([1000, true]);
  });

  test("does not begin for whoever has given up", () => {
    expect(() => new LockWait(1000, AbortSignal.abort("reason"))).toThrow(
      expect.objectContaining({ name: "AbortError", cause: "reason" }),
    );
  });

  test.each([
    ["brings what was awaited", (): Promise<void> => Promise.resolve()],
    ["fails", (): Promise<void> => Promise.reject(new Error("its own fault"))],
  ])("ends when the event %s", async (_, event) => {
    expect(await new LockWait(1000, undefined).until(event())).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("for an event ends when its time has passed, and says that the event did not come", async () => {
    const wait = new LockWait(1000, undefined);
    vi.advanceTimersByTime(400);
    const waited = fate(wait.until(never()));
    await vi.advanceTimersByTimeAsync(599);
    expect(waited()).toBe("open");
    await vi.advanceTimersByTimeAsync(1);
    expect(waited()).toBe(false);
  });

  test.each([
    [50, 50],
    [5000, 1000],
  ])("that pauses for %i ms of its 1000 goes on after %i", async (pause, after) => {
    const waited = fate(new LockWait(1000, undefined).pause(pause));
    await vi.advanceTimersByTimeAsync(after - 1);
    expect(waited()).toBe("open");
    await vi.advanceTimersByTimeAsync(1);
    expect(waited()).toBe(undefined);
  });

  test("that is over waits no more, and asks for no time before now", async () => {
    const timer = vi.spyOn(globalThis, "setTimeout");
    const wait = new LockWait(1000, undefined);
    vi.advanceTimersByTime(3000);
    const waited = fate(wait.pause(50));
    await vi.advanceTimersByTimeAsync(0);
    expect(waited()).toBe(undefined);
    expect(timer.mock.calls.map(([, ms]) => ms)).toEqual([0]);
  });

  test("ends at the signal, with its reason, and leaves neither timer nor listener", async () => {
    const abort = new AbortController();
    const left = vi.spyOn(abort.signal, "removeEventListener");
    const wait = new LockWait(1000, abort.signal);
    const waited = fate(wait.pause(500));
    await vi.advanceTimersByTimeAsync(10);
    expect(waited()).toBe("open");
    abort.abort("reason");
    await vi.advanceTimersByTimeAsync(0);
    expect(waited()).toBeInstanceOf(AbortError);
    expect(waited()).toMatchObject({ cause: "reason" });
    expect(vi.getTimerCount()).toBe(0);
    expect(left).toHaveBeenCalledTimes(1);
  });

  test("that was given up before it waits again does not wait", async () => {
    const abort = new AbortController();
    const listens = vi.spyOn(abort.signal, "addEventListener");
    const wait = new LockWait(1000, abort.signal);
    abort.abort();
    await expect(wait.pause(500)).rejects.toBeInstanceOf(AbortError);
    expect(listens).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("leaves nothing at a signal that outlives it", async () => {
    const { signal } = new AbortController();
    const [listens, left] = [
      vi.spyOn(signal, "addEventListener"),
      vi.spyOn(signal, "removeEventListener"),
    ] as const;
    const wait = new LockWait(1000, signal);
    await wait.until(Promise.resolve());
    const pausing = wait.pause(1);
    await vi.advanceTimersByTimeAsync(1);
    await pausing;
    expect(listens.mock.calls.map(([type, listener]) => [type, listener])).toEqual(left.mock.calls);
    expect(listens).toHaveBeenCalledTimes(2);
  });

  test("is kept by nothing when it has ended", async () => {
    const paused = await (async () => {
      const wait = new LockWait(1000, undefined);
      const pausing = wait.pause(1);
      await vi.advanceTimersByTimeAsync(1);
      await pausing;
      return new WeakRef(wait);
    })();
    expect(await stillHeld([paused])).toEqual([]);
  });
});

test.each([
  [undefined, "another process"],
  [4711, "process 4711"],
])("who waited in vain is told for whom and how long: owner %s", (owner, who) => {
  expect(lockedError(new LockWait(2500, undefined), owner)).toMatchObject({
    code: "cache",
    detail: "cache_locked",
    retryable: true,
    message: expect.stringContaining(`held by ${who} for more than 2.5 s`) as string,
  });
});
