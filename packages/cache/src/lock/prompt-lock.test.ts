import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import type { ProcessLock } from "./process-lock.ts";
import { withPromptLock } from "./prompt-lock.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
  onTestFinished(() => void vi.useRealTimers());
});

/** A lock that another process holds, until it is let go. */
function promptLock(isHeld: boolean) {
  const seen = { tries: 0, releases: 0 };
  const other = { holds: isHeld };
  const lock: ProcessLock = {
    tryAcquire: () => {
      seen.tries += 1;
      if (other.holds) return Promise.resolve(undefined);
      other.holds = true;
      return Promise.resolve({
        release: () => {
          seen.releases += 1;
          other.holds = false;
          return Promise.resolve();
        },
      });
    },
  };
  return { lock, seen, other };
}

describe("a person is asked under a lock", () => {
  test("that is held for as long as it takes, and then released", async () => {
    const { lock, seen, other } = promptLock(false);
    const held = vi.fn<() => void>();
    const answer = await withPromptLock(
      lock,
      async () => {
        expect(other.holds).toBe(true);
        await vi.advanceTimersByTimeAsync(3_600_000);
        return "answer";
      },
      { onHeld: held },
    );
    expect(answer).toBe("answer");
    expect(seen).toEqual({ tries: 1, releases: 1 });
    expect(held).not.toHaveBeenCalled();
  });

  test("that is released when it fails, too", async () => {
    const { lock, seen } = promptLock(false);
    const fault = new Error("declined");
    expect(await failureOf(withPromptLock(lock, () => Promise.reject(fault)))).toBe(fault);
    expect(seen).toEqual({ tries: 1, releases: 1 });
  });

  test("for which there is no limit, and whoever waits is told of that once", async () => {
    const { lock, seen, other } = promptLock(true);
    const held = vi.fn<() => void>();
    const work = vi.fn(() => Promise.resolve("asked"));
    const asking = withPromptLock(lock, work, { onHeld: held });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toHaveBeenCalledTimes(1);
    expect(work).not.toHaveBeenCalled();
    other.holds = false;
    await vi.advanceTimersByTimeAsync(200);
    expect(await asking).toBe("asked");
    expect(seen.releases).toBe(1);
    expect(held).toHaveBeenCalledTimes(1);
  });

  test("that nobody has to be told of", async () => {
    const { lock, other } = promptLock(true);
    const asking = withPromptLock(lock, () => Promise.resolve("asked"));
    other.holds = false;
    await vi.advanceTimersByTimeAsync(200);
    expect(await asking).toBe("asked");
  });

  test("that is tried five times a second", async () => {
    const { lock, seen } = promptLock(true);
    const abort = new AbortController();
    const asking = failureOf(withPromptLock(lock, () => Promise.resolve(), { signal: abort.signal }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen.tries).toBe(1 + 5);
    abort.abort();
    await asking;
  });

  test("and nobody who has given up meanwhile", async () => {
    const { lock, seen } = promptLock(true);
    const work = vi.fn(() => Promise.resolve());
    const abort = new AbortController();
    const asking = failureOf(withPromptLock(lock, work, { signal: abort.signal }));
    await vi.advanceTimersByTimeAsync(10);
    abort.abort("reason");
    expect(await asking).toMatchObject({ name: "AbortError", cause: "reason" });
    expect(work).not.toHaveBeenCalled();
    expect(seen.releases).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("and nobody who gives up at the moment it is taken: it is released", async () => {
    const { lock, seen } = promptLock(false);
    const work = vi.fn(() => Promise.resolve());
    const abort = new AbortController();
    const late: ProcessLock = {
      tryAcquire: async () => {
        const held = await lock.tryAcquire();
        abort.abort();
        return held;
      },
    };
    const asking = failureOf(withPromptLock(late, work, { signal: abort.signal }));
    expect(await asking).toMatchObject({ name: "AbortError" });
    expect(work).not.toHaveBeenCalled();
    expect(seen).toEqual({ tries: 1, releases: 1 });
  });
});
