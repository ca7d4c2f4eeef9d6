import { expect, test } from "vitest";
import { collectGarbage } from "../../../../tools/measure/still-held.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { sharedByProcess } from "./shared-by-process.ts";

/** Lets everything go that nobody holds. */
async function collected(): Promise<void> {
  for (let times = 0; times < 3; times += 1) await collectGarbage();
}

const asksBy = {};
const clock = virtualClock();

/** Somebody says no at a gate, and every credential that has it is gone. */
async function saysNo(question: string): Promise<WeakRef<object>> {
  const gate = sharedByProcess(asksBy, clock, question);
  const signIn = {
    owner: {},
    key: "k",
    loginHint: undefined,
    cooldownInMs: 60_000,
    timeoutInMs: undefined,
    explicit: false,
    start: () => Promise.reject(new AuthenticationError({ code: "user_cancelled", what: "x" })),
    waiting: () => {},
  };
  await gate.enter(signIn, new AbortController().signal).catch(() => {});
  return new WeakRef(gate);
}

test("a gate goes with the last credential that has it, but not while a person's no counts", async () => {
  const free = new WeakRef(sharedByProcess(asksBy, clock, "free"));
  const refused = await saysNo("refused");
  await collected();
  expect(free.deref()).toBeUndefined();
  // Others come, for whom it is no reason to let go of it.
  sharedByProcess(asksBy, clock, "other");
  await collected();
  expect(sharedByProcess(asksBy, clock, "refused").isResting).toBe(true);
  await clock.advance(60_000);
  sharedByProcess(asksBy, clock, "other");
  await collected();
  expect(refused.deref()).toBeUndefined();
});
