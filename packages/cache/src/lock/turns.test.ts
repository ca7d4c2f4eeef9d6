import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { LockWait } from "./lock-wait.ts";
import { Turns } from "./turns.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
  onTestFinished(() => void vi.useRealTimers());
});

const patience = (): LockWait => new LockWait(1000, undefined);

test("first come, first served, and one at a time", async () => {
  const turns = new Turns();
  const served: string[] = [];
  const first = await turns.take(patience());
  const others = ["second", "third"].map(async (name) => {
    const end = await turns.take(patience());
    served.push(name);
    await vi.advanceTimersByTimeAsync(1);
    served.push(`${name} ends`);
    end();
  });
  await vi.advanceTimersByTimeAsync(10);
  expect(served).toEqual([]);
  first();
  await Promise.all(others);
  expect(served).toEqual(["second", "second ends", "third", "third ends"]);
});

test("who waits in vain is told that this process has it, and nobody waits for that one", async () => {
  const turns = new Turns();
  const first = await turns.take(patience());
  const [inVain, next] = [failureOf(turns.take(patience())), turns.take(new LockWait(5000, undefined))];
  await vi.advanceTimersByTimeAsync(1000);
  expect(await inVain).toMatchObject({
    detail: "cache_locked",
    message: expect.stringContaining(`process ${process.pid}`) as string,
  });
  first();
  expect(await next).toBeTypeOf("function");
});

test("who gives up gives the turn to the next, who still waits for the one before", async () => {
  const turns = new Turns();
  const first = await turns.take(patience());
  const abort = new AbortController();
  const givingUp = failureOf(turns.take(new LockWait(1000, abort.signal)));
  let served = false;
  const next = turns.take(patience()).then((end) => {
    served = true;
    return end;
  });
  abort.abort();
  expect(await givingUp).toMatchObject({ name: "AbortError" });
  await vi.advanceTimersByTimeAsync(10);
  expect(served).toBe(false);
  first();
  expect(await next).toBeTypeOf("function");
});

// Timers count whole milliseconds, and may be a fraction earlier than the clock that the wait looks at.
test("nobody is served out of turn because a timer came early", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const turns = new Turns();
  await turns.take(patience());
  const early = failureOf(turns.take(patience()));
  await vi.advanceTimersByTimeAsync(1000);
  expect(await early).toMatchObject({ detail: "cache_locked" });
});
