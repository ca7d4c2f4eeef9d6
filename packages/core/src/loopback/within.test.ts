import { expect, test } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { within } from "./within.ts";

test("work that is done is waited for, and leaves no timer", async () => {
  const clock = virtualClock();
  await within(Promise.resolve(1), 50, clock);
  expect(clock.pending).toBe(0);
});

test("work that fails is told, and leaves no timer", async () => {
  const clock = virtualClock();
  await expect(within(Promise.reject(new Error("lost")), 50, clock)).rejects.toThrow("lost");
  expect(clock.pending).toBe(0);
});

test("work that takes longer is no longer waited for", async () => {
  const clock = virtualClock();
  let over = false;
  void within(new Promise(() => {}), 50, clock).then(() => (over = true));
  await clock.advance(49);
  expect(over).toBe(false);
  await clock.advance(1);
  expect(over).toBe(true);
});
