import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { acquireLock } from "./acquire-lock.ts";
import { LockWait } from "./lock-wait.ts";
import type { HeldLock, ProcessLock } from "./process-lock.ts";

const HELD: HeldLock = { release: () => Promise.resolve() };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
  onTestFinished(() => void vi.useRealTimers());
});

/** Between half a pause and one and a half. */
function chance(share: number): void {
  const random = vi.spyOn(Math, "random").mockReturnValue(share);
  onTestFinished(() => random.mockRestore());
}

/** A lock that is free from the given try on; tells when it was tried. */
function lockFreeAt(free: number) {
  const triedAt: number[] = [];
  const start = process.hrtime();
  const lock: ProcessLock = {
    tryAcquire: () => {
      const [seconds, nanoseconds] = process.hrtime(start);
      triedAt.push(seconds * 1000 + nanoseconds / 1e6);
      return Promise.resolve(triedAt.length > free ? HELD : undefined);
    },
  };
  return { lock, triedAt, pauses: () => triedAt.slice(1).map((at, index) => at - triedAt[index]!) };
}

/** Waits in a time that passes by itself. */
async function waited<T>(call: Promise<T>): Promise<T> {
  const is = { open: true };
  const end = (): void => void (is.open = false);
  call.then(end, end);
  for (let timers = 0; is.open; timers += 1) {
    if (timers > 1000) throw new Error("The lock is waited for without end");
    await vi.advanceTimersToNextTimerAsync();
  }
  return call;
}

test("a lock that is free is held without a pause, even when the time is over", async () => {
  const { lock, triedAt } = lockFreeAt(0);
  const wait = new LockWait(10, undefined);
  vi.advanceTimersByTime(20);
  expect(await acquireLock(lock, wait)).toBe(HELD);
  expect(triedAt).toHaveLength(1);
});

describe("the pauses between two tries", () => {
  test("double to 40 ms, and shrink when somebody has waited for long, to 4 ms and no further", async () => {
    chance(0.5);
    const { lock, pauses } = lockFreeAt(60);
    expect(await waited(acquireLock(lock, new LockWait(60_000, undefined)))).toBe(HELD);
    expect(pauses().slice(0, 9).map(Math.round)).toEqual([1, 2, 4, 8, 16, 32, 40, 40, 40]);
    const late = pauses().slice(9);
    expect(late).toEqual(late.toSorted((one, other) => other - one));
    expect(late[0]).toBeLessThan(40);
    expect(late.at(-1)).toBe(4);
  });

  test("are an eighth of the longest after twice the time that they were the longest for", async () => {
    chance(0.5);
    const { lock, triedAt, pauses } = lockFreeAt(60);
    await waited(acquireLock(lock, new LockWait(60_000, undefined)));
    const at = triedAt.findIndex((time) => time >= 340);
    expect(pauses()[at]).toBeGreaterThanOrEqual(4);
    expect(pauses()[at]).toBeLessThanOrEqual(5.1);
  });

  test.each([
    [0, 20],
    [1, 60],
  ])("are random: with %d the longest is %i ms", async (share, longest) => {
    chance(share);
    const { lock, pauses } = lockFreeAt(40);
    await waited(acquireLock(lock, new LockWait(60_000, undefined)));
    expect(Math.max(...pauses().map(Math.round))).toBe(longest);
  });
});

test("whose wait is over is told who has the lock, if that one says so in time", async () => {
  const limits: number[] = [];
  const lock: ProcessLock = {
    tryAcquire: () => Promise.resolve(undefined),
    owner: (limitInMs) => {
      limits.push(limitInMs);
      return Promise.resolve(4711);
    },
  };
  const failure = await waited(failureOf(acquireLock(lock, new LockWait(100, undefined))));
  expect(failure).toMatchObject({
    detail: "cache_locked",
    message: expect.stringContaining("process 4711") as string,
  });
  expect(limits).toEqual([200]);
});

test("a lock whose owner nobody knows is held by another process", async () => {
  const { lock } = lockFreeAt(Infinity);
  const failure = await waited(failureOf(acquireLock(lock, new LockWait(100, undefined))));
  expect(failure.message).toContain("another process");
});

test("who gives up tries no more", async () => {
  const { lock, triedAt } = lockFreeAt(Infinity);
  const abort = new AbortController();
  const acquiring = failureOf(acquireLock(lock, new LockWait(60_000, abort.signal)));
  await vi.advanceTimersByTimeAsync(100);
  abort.abort();
  expect(await acquiring).toMatchObject({ name: "AbortError" });
  const tries = triedAt.length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(triedAt).toHaveLength(tries);
});
