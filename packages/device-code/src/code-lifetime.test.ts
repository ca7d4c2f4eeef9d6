import { virtualClock, type VirtualClock } from "@entrada/core/testing";
import { describe, expect, test } from "vitest";
import { CodeLifetime } from "./code-lifetime.ts";

const EXPIRED = {
  name: "AuthenticationError",
  code: "device_code_expired",
  detail: "device_code_expired",
  retryable: false,
  message: expect.stringMatching(
    /^The code was not used in time\. Start again\. An AADSTS number that the page showed is explained at /,
  ) as string,
};

/** Work that never ends by itself. */
function hanging(): {
  readonly work: (signal: AbortSignal) => Promise<never>;
  readonly signals: AbortSignal[];
} {
  const signals: AbortSignal[] = [];
  return {
    signals,
    work: (signal) => {
      signals.push(signal);
      return new Promise(() => {});
    },
  };
}

function follow(promise: Promise<unknown>): { readonly outcomes: unknown[] } {
  const outcomes: unknown[] = [];
  promise.then(
    (value) => outcomes.push(value),
    (error: unknown) => outcomes.push(error),
  );
  return { outcomes };
}

function start(lifetimeInMs = 4000): { readonly clock: VirtualClock; readonly lifetime: CodeLifetime } {
  const clock = virtualClock();
  return { clock, lifetime: new CodeLifetime(clock, lifetimeInMs) };
}

describe("the life of a code", () => {
  test("ends at its last millisecond, also while the work hangs, and tells the work", async () => {
    const { clock, lifetime } = start(4321);
    const { work, signals } = hanging();
    const { outcomes } = follow(lifetime.limit(new AbortController().signal, work));
    await clock.advance(4320);
    expect([outcomes, signals[0]?.aborted, lifetime.restInMs]).toEqual([[], false, 1]);
    lifetime.throwIfOver();
    await clock.advance(1);
    expect(outcomes).toMatchObject([EXPIRED]);
    expect([signals[0]?.aborted, clock.pending]).toEqual([true, 0]);
    expect(() => lifetime.throwIfOver()).toThrow(expect.objectContaining(EXPIRED));
  });

  test("ends by the wall clock when the machine slept, at most one second after it woke up", async () => {
    const { clock, lifetime } = start(900_000);
    const { outcomes } = follow(lifetime.limit(new AbortController().signal, hanging().work));
    await clock.advance(10_500);
    clock.setWall(clock.now() + 3_600_000);
    await clock.advance(499);
    expect(outcomes).toEqual([]);
    await clock.advance(1);
    expect(outcomes).toMatchObject([EXPIRED]);
  });

  test("ends by the monotonic clock when somebody sets the wall clock back", async () => {
    const { clock, lifetime } = start(4000);
    const { outcomes } = follow(lifetime.limit(new AbortController().signal, hanging().work));
    await clock.advance(1000);
    clock.setWall(clock.now() - 3_600_000);
    await clock.advance(2999);
    expect(outcomes).toEqual([]);
    await clock.advance(1);
    expect(outcomes).toMatchObject([EXPIRED]);
  });

  test("says when it ends by the wall clock, in a date that nobody else can move", () => {
    const { clock, lifetime } = start(4000);
    lifetime.expiresOn.setTime(0);
    expect(lifetime.expiresOn).toEqual(new Date(clock.now() + 4000));
  });
});

describe("the limit", () => {
  test("hands on what the work gives or throws, and leaves no timer", async () => {
    const { clock, lifetime } = start();
    const { signal } = new AbortController();
    expect(await lifetime.limit(signal, async () => 7)).toBe(7);
    await expect(lifetime.limit(signal, () => Promise.reject(new Error("work failed")))).rejects.toThrow(
      "work failed",
    );
    expect(clock.pending).toBe(0);
  });

  test("ends at once when the signal aborts, with its reason, and tells the work", async () => {
    const { clock, lifetime } = start();
    const controller = new AbortController();
    const { work, signals } = hanging();
    const { outcomes } = follow(lifetime.limit(controller.signal, work));
    controller.abort("not now");
    await clock.advance(0);
    expect(outcomes).toMatchObject([{ name: "AbortError", cause: "not now" }]);
    expect([signals[0]?.aborted, clock.pending]).toEqual([true, 0]);
  });

  test("does not begin when the signal has aborted before", async () => {
    const { clock, lifetime } = start();
    const { work, signals } = hanging();
    await expect(lifetime.limit(AbortSignal.abort(), work)).rejects.toMatchObject({ name: "AbortError" });
    expect([signals, clock.pending]).toEqual([[], 0]);
  });
});
