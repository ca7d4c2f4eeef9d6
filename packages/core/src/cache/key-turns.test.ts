import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { deferred } from "../deferred.ts";
import { KeyTurns } from "./key-turns.ts";

test("each has its turn after the one before, of the same key alone", async () => {
  const turns = new KeyTurns();
  const ends = ["one", "two", "three"].map((name) => ({ name, end: deferred<void>() }));
  const order: string[] = [];
  const running = ends.map(({ name, end }) =>
    turns.run("k", async () => {
      order.push(`${name} in`);
      await end.promise;
      order.push(`${name} out`);
    }),
  );
  await turns.run("other", async () => void order.push("other"));
  expect(order).toEqual(["one in", "other"]);
  for (const [at, { end }] of ends.entries()) {
    end.resolve();
    await running[at];
    await new Promise((resolve) => setImmediate(resolve));
    // Who comes now waits for those who came before.
    if (at === 0) running.push(turns.run("k", async () => void order.push("four")));
  }
  await Promise.all(running);
  expect(order).toEqual(["one in", "other", "one out", "two in", "two out", "three in", "three out", "four"]);
});

test("only who has to wait is told that it is held, also after others have had their turns", async () => {
  const turns = new KeyTurns();
  const held: string[] = [];
  const run = (name: string): Promise<void> =>
    turns.run(
      "k",
      async () => {},
      undefined,
      () => held.push(name),
    );
  await Promise.all([run("first"), run("second")]);
  await new Promise((resolve) => setImmediate(resolve));
  await run("alone");
  expect(held).toEqual(["second"]);
});

test("who was aborted before has no turn, and who failed hands on the turn", async () => {
  const turns = new KeyTurns();
  let ran = false;
  const aborted = turns.run("k", async () => void (ran = true), AbortSignal.abort("enough"));
  await expect(aborted).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  await expect(turns.run("k", () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  const { signal } = new AbortController();
  expect(await turns.run("k", async () => 7, signal)).toBe(7);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(ran).toBe(false);
});

test("who is aborted while it waits waits no longer, and has no turn", async () => {
  const turns = new KeyTurns();
  const end = deferred<void>();
  const first = turns.run("k", () => end.promise);
  const controller = new AbortController();
  let ran = false;
  const second = turns.run("k", async () => void (ran = true), controller.signal);
  controller.abort("enough");
  await expect(second).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  end.resolve();
  await first;
  await turns.run("k", async () => {});
  expect(ran).toBe(false);
});
