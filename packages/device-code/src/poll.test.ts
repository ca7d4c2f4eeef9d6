import { AuthenticationError, type AuthorityAnswer } from "@entrada/core/flow";
import { virtualClock, type VirtualClock } from "@entrada/core/testing";
import { describe, expect, test } from "vitest";
import { CodeLifetime } from "./code-lifetime.ts";
import { CodeTrouble } from "./code-trouble.ts";
import { poll } from "./poll.ts";

type Step = AuthorityAnswer | Error | "hangs";

const says = (error?: string): AuthorityAnswer => ({
  status: error === undefined ? 200 : 400,
  json: error === undefined ? { access_token: "t" } : { error },
  header: () => undefined,
});
const PENDING = says("authorization_pending");
const SLOW_DOWN = says("slow_down");
const TOKEN = says();

function fault(more: { retryable?: boolean; retryAfterInMs?: number } = {}): AuthenticationError {
  return new AuthenticationError({ code: "network", what: "A fault", retryable: true, ...more });
}

interface Polling {
  readonly clock: VirtualClock;
  /** When each poll was sent, in seconds since the code was given. */
  readonly at: number[];
  readonly warnings: string[];
  readonly outcomes: unknown[];
  readonly controller: AbortController;
}

/** Polls through `steps`; the last one is repeated. */
function start(
  steps: readonly Step[],
  { intervalInS = 1, lifetimeInS = 900, shownBeforeInS = 0 } = {},
): Polling {
  const clock = virtualClock();
  const begin = clock.monotonic();
  const lifetime = new CodeLifetime(clock, lifetimeInS * 1000);
  const polling: Polling = { clock, at: [], warnings: [], outcomes: [], controller: new AbortController() };
  lifetime
    .limit(polling.controller.signal, (signal) =>
      poll({
        clock,
        lifetime,
        signal,
        intervalInMs: intervalInS * 1000,
        since: begin - shownBeforeInS * 1000,
        ask: () => {
          const step = steps[Math.min(polling.at.length, steps.length - 1)]!;
          polling.at.push((clock.monotonic() - begin) / 1000);
          if (step === "hangs") return new Promise(() => {});
          return step instanceof Error ? Promise.reject(step) : Promise.resolve(step);
        },
        refusal: (answer) => new Error(`refused: ${String(answer.json["error"])}`),
        warn: (code) => polling.warnings.push(code),
        trouble: new CodeTrouble(),
      }),
    )
    .then(
      (answer) => polling.outcomes.push(answer),
      (error: unknown) => polling.outcomes.push(error),
    );
  return polling;
}

describe("the pace of polling", () => {
  test("the first poll comes after one interval, and each further one after another", async () => {
    const { clock, at, outcomes } = start([PENDING, PENDING, PENDING, TOKEN]);
    await clock.advance(999);
    expect(at).toEqual([]);
    await clock.advance(10_000);
    expect(at).toEqual([1, 2, 3, 4]);
    expect(outcomes).toEqual([TOKEN]);
    expect(clock.pending).toBe(0);
  });

  test("the first interval begins when the code was shown, however long something else has taken since", async () => {
    const some = start([PENDING, TOKEN], { shownBeforeInS: 0.25 });
    await some.clock.advance(10_000);
    expect(some.at).toEqual([0.75, 1.75]);
    const more = start([PENDING, TOKEN], { shownBeforeInS: 3 });
    await more.clock.advance(10_000);
    expect(more.at).toEqual([0, 1]);
  });

  test("slow_down adds five seconds to this and all further intervals", async () => {
    const { clock, at, outcomes } = start([SLOW_DOWN, PENDING, PENDING, SLOW_DOWN, PENDING, TOKEN]);
    await clock.advance(60_000);
    expect(at).toEqual([1, 7, 13, 19, 30, 41]);
    expect(outcomes).toEqual([TOKEN]);
  });

  test("slow_down is obeyed however often it comes, and warned of once, after three times", async () => {
    const { clock, at, warnings } = start([SLOW_DOWN], { intervalInS: 60, lifetimeInS: 1800 });
    await clock.advance(60_000 + 65_000);
    expect(warnings).toEqual([]);
    await clock.advance(1_675_000);
    expect(at.slice(0, 5)).toEqual([60, 125, 195, 270, 350]);
    expect(warnings).toEqual(["slow_down_repeated"]);
  });

  test("a fault that may pass doubles the wait, and an answer ends that", async () => {
    const { clock, at, outcomes } = start([fault(), PENDING, TOKEN]);
    await clock.advance(10_000);
    expect(at).toEqual([1, 3, 4]);
    expect(outcomes).toEqual([TOKEN]);
  });

  test("faults double the wait up to a minute, and polling goes on", async () => {
    const { clock, at, outcomes } = start([...Array.from({ length: 8 }, () => fault()), TOKEN]);
    await clock.advance(300_000);
    expect(gaps(at)).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect(outcomes).toEqual([TOKEN]);
  });

  test("a fault never makes polling faster than slow_down asked", async () => {
    const slow = Array.from({ length: 12 }, () => SLOW_DOWN);
    const { clock, at } = start([...slow, fault(), TOKEN], { intervalInS: 5, lifetimeInS: 1800 });
    await clock.advance(1_000_000);
    expect(gaps(at).slice(-2)).toEqual([65, 65]);
  });

  test("Retry-After is honoured where it is longer", async () => {
    const steps = [fault({ retryAfterInMs: 200_000 }), fault({ retryAfterInMs: 1000 }), PENDING, TOKEN];
    const { clock, at } = start(steps, { intervalInS: 5 });
    await clock.advance(300_000);
    expect(gaps(at)).toEqual([200, 60, 5]);
  });

  test("a Retry-After beyond the life of the code is told at once", async () => {
    const throttled = fault({ retryAfterInMs: 3_600_000 });
    const { clock, at, outcomes } = start([throttled]);
    await clock.advance(1000);
    expect([at, outcomes]).toEqual([[1], [throttled]]);
  });

  test("a timer that fires early makes no poll come early", async () => {
    const { clock, at } = start([PENDING]);
    const { after } = clock;
    // What system timers do: the second wait ends a moment too soon.
    clock.after = (ms, callback) => after(ms > 1 ? ms - 0.6 : ms, callback);
    await clock.advance(3000);
    expect(at.length).toBeGreaterThan(1);
    for (const gap of gaps(at)) expect(gap).toBeGreaterThanOrEqual(1);
  });
});

describe("the end of polling", () => {
  test("is an answer that names no error, and one of another status is a refusal", async () => {
    const plain: AuthorityAnswer = { ...TOKEN, json: { error: null, access_token: "t" } };
    const good = start([plain]);
    await good.clock.advance(2000);
    expect(good.outcomes).toEqual([plain]);
    const refused = start([{ ...TOKEN, status: 400, json: {} }]);
    await refused.clock.advance(2000);
    expect(refused.outcomes).toMatchObject([{ message: "refused: undefined" }]);
  });

  test.each([
    "authorization_declined",
    "access_denied",
    "expired_token",
    "bad_verification_code",
    "invalid_grant",
  ])("%s ends it with what it means", async (error) => {
    const { clock, at, outcomes } = start([PENDING, says(error), TOKEN]);
    await clock.advance(60_000);
    expect(outcomes).toMatchObject([{ message: `refused: ${error}` }]);
    expect(at).toEqual([1, 2]);
  });

  test("a fault that does not pass ends it", async () => {
    const lost = fault({ retryable: false });
    const { clock, at, outcomes } = start([lost, TOKEN]);
    await clock.advance(60_000);
    expect([at, outcomes]).toEqual([[1], [lost]]);
  });

  test("the code's end ends it at that instant, and no poll is sent at it", async () => {
    const { clock, at, outcomes } = start([PENDING], { intervalInS: 2, lifetimeInS: 6 });
    await clock.advance(5999);
    expect(outcomes).toEqual([]);
    await clock.advance(1);
    expect(outcomes).toMatchObject([{ code: "device_code_expired" }]);
    expect([at, clock.pending]).toEqual([[2, 4], 0]);
  });

  test("faults until the end are still the end of the code", async () => {
    const { clock, outcomes } = start([fault()], { lifetimeInS: 100 });
    await clock.advance(100_000);
    expect(outcomes).toMatchObject([{ code: "device_code_expired" }]);
  });

  test("a poll that is never answered ends with the code", async () => {
    const { clock, at, outcomes } = start(["hangs"], { lifetimeInS: 4 });
    await clock.advance(3999);
    expect(outcomes).toEqual([]);
    await clock.advance(1);
    expect(outcomes).toMatchObject([{ code: "device_code_expired" }]);
    expect(at).toEqual([1]);
  });

  test("a machine that slept beyond the code's end sends no further poll", async () => {
    const { clock, at, outcomes } = start([PENDING], { intervalInS: 5 });
    await clock.advance(7000);
    clock.setWall(clock.now() + 3_600_000);
    await clock.advance(10_000);
    expect(outcomes).toMatchObject([{ code: "device_code_expired" }]);
    expect(at).toEqual([5]);
  });

  test.each([
    ["between two polls", PENDING, 1500],
    ["in a poll", "hangs" as const, 1500],
    ["before the first poll", PENDING, 500],
  ])("an abort %s ends it at once", async (_, step, after) => {
    const { clock, at, outcomes, controller } = start([step]);
    await clock.advance(after);
    const polls = at.length;
    controller.abort("enough");
    await clock.advance(0);
    expect(outcomes).toMatchObject([{ name: "AbortError", cause: "enough" }]);
    await clock.advance(60_000);
    expect([at.length, clock.pending]).toEqual([polls, 0]);
  });
});

function gaps(at: readonly number[]): readonly number[] {
  return at.slice(1).map((time, index) => time - at[index]!);
}
