import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { held } from "../../test/scripted-flow.ts";
import { SharedRequest } from "./shared-request.ts";

const aSettledMoment = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function sharedWork() {
  const work = held<string>();
  const seen: { signal?: AbortSignal; ends: number; starts: number } = { ends: 0, starts: 0 };
  const request = new SharedRequest<string>(
    (signal) => {
      seen.signal = signal;
      seen.starts += 1;
      // It does not listen: to end is the request's own matter.
      return work.wait(new AbortController().signal);
    },
    () => (seen.ends += 1),
  );
  return { request, work, seen };
}

describe("a piece of work that several wait for", () => {
  test("begins once, ends once, and all hear of it", async () => {
    const { request, work, seen } = sharedWork();
    expect(seen.starts).toBe(0);
    const waiting = [request.join(), request.join(new AbortController().signal)];
    expect(request.isAwaited).toBe(true);
    work.resolve("done");
    expect(await Promise.all(waiting)).toEqual(["done", "done"]);
    expect([seen.starts, seen.ends, seen.signal?.aborted]).toEqual([1, 1, false]);
    // What comes afterwards changes nothing.
    request.cancel(new Error("late"));
    expect([seen.ends, seen.signal?.aborted, await request.outcome]).toEqual([1, false, "done"]);
  });

  test("is out of the way before anybody hears how it ended, also of a failure", async () => {
    const { request, work, seen } = sharedWork();
    const ends: number[] = [];
    const failing = request.join(new AbortController().signal).catch(() => ends.push(seen.ends));
    work.reject(new Error("no"));
    await failing;
    expect(ends).toEqual([1]);
  });

  test("goes on while one waits, and is cancelled with the last who leaves", async () => {
    const { request, seen } = sharedWork();
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [one, two].map(({ signal }) => request.join(signal).catch((error: unknown) => error));
    await aSettledMoment();
    one.abort("first");
    expect(await waiting[0]).toMatchObject({ name: "AbortError", cause: "first" });
    expect([request.isAwaited, seen.signal?.aborted, seen.ends]).toEqual([true, false, 0]);
    two.abort("second");
    expect(await waiting[1]).toMatchObject({ name: "AbortError", cause: "second" });
    expect([request.isAwaited, seen.signal?.aborted, seen.ends]).toEqual([false, true, 1]);
  });

  test("does not begin where all have left before, nor for who comes aborted", async () => {
    const { request, seen } = sharedWork();
    const aborted = request.join(AbortSignal.abort("enough"));
    await expect(aborted).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
    await aSettledMoment();
    expect([seen.starts, seen.ends]).toEqual([0, 1]);
    await expect(request.outcome).rejects.toMatchObject({ name: "AbortError" });
  });

  test("is not ended by who comes aborted while others wait", async () => {
    const { request, work, seen } = sharedWork();
    const waiting = request.join();
    const { outcome, release } = request.wait(AbortSignal.abort());
    await expect(outcome).rejects.toMatchObject({ name: "AbortError" });
    release();
    expect(seen.ends).toBe(0);
    work.resolve("done");
    expect(await waiting).toBe("done");
  });

  test("is left without an end to it by who is served otherwise, and its abort is then nothing to it", async () => {
    const { request, work, seen } = sharedWork();
    const controller = new AbortController();
    const waiting = request.wait(controller.signal);
    const other = request.wait();
    other.release();
    expect(request.isAwaited).toBe(true);
    waiting.release();
    waiting.release();
    expect(request.isAwaited).toBe(false);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    controller.abort();
    expect(seen.ends).toBe(0);
    work.resolve("done");
    expect(await waiting.outcome).toBe("done");
  });

  test("that was cancelled ends for all at once, though it does not listen", async () => {
    const { request, seen } = sharedWork();
    const { signal } = new AbortController();
    const waiting = request.join(signal);
    await aSettledMoment();
    const reason = new Error("enough");
    request.cancel(reason);
    // Whoever comes next finds it gone already.
    expect(seen.ends).toBe(1);
    request.cancel(new Error("once more"));
    await expect(waiting).rejects.toBe(reason);
    expect([seen.signal?.reason, seen.ends]).toEqual([reason, 1]);
    await aSettledMoment();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("that fails after all have left is nobody's", async () => {
    const { request, work } = sharedWork();
    request.wait().release();
    work.reject(new Error("no"));
    await aSettledMoment();
    await expect(request.outcome).rejects.toThrow("no");
  });
});
