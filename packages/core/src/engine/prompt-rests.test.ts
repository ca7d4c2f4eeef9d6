import { describe, expect, test } from "vitest";
import { AuthenticationError, type AuthenticationErrorInit } from "../errors/authentication-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { PromptRests } from "./prompt-rests.ts";

const error = (init: Partial<AuthenticationErrorInit> = {}): AuthenticationError =>
  new AuthenticationError({ code: "user_cancelled", what: "closed", ...init });
const UNREAD = { detail: "dialog_closed_at_once", remedy: "Look at the dialog" };
const asker = (cooldownInMs = 60_000, loginHint?: string) => ({ loginHint, cooldownInMs });

function restsOf() {
  const clock = virtualClock();
  let begun = 0;
  const rests = new PromptRests(clock, () => (begun += 1));
  const refusal = (who = asker()): AuthenticationError | undefined => {
    try {
      rests.refuse(who);
      return undefined;
    } catch (reason) {
      return reason as AuthenticationError;
    }
  };
  return { clock, rests, refusal, begun: () => begun };
}

describe("automatic prompts rest", () => {
  test.each(["user_cancelled", "timeout", "access_denied", "device_code_expired"] as const)(
    "after %s, for as long as was said, and then no more",
    async (code) => {
      const { clock, rests, refusal, begun } = restsOf();
      const cause = error({ code });
      rests.begin(asker(), cause);
      expect([rests.isResting, begun()]).toEqual([true, 1]);
      await clock.advance(500);
      expect(refusal()).toMatchObject({
        code,
        detail: "prompt_cooldown",
        cause,
        retryable: true,
        retryAfterInMs: 59_500,
        hint: expect.stringContaining("authenticate()") as string,
        message: expect.stringContaining("for 60 s") as string,
      });
      await clock.advance(59_499);
      expect(refusal()).toMatchObject({ retryAfterInMs: 1 });
      await clock.advance(1);
      expect([refusal(), rests.isResting]).toEqual([undefined, false]);
    },
  );

  test.each(["network", "service", "browser_unavailable"] as const)("not after %s", (code) => {
    const { rests, refusal, begun } = restsOf();
    rests.begin(asker(), error({ code }));
    expect([refusal(), rests.isResting, begun()]).toEqual([undefined, false, 0]);
  });

  test("for the person who said no alone, and until somebody signs in", () => {
    const { rests, refusal } = restsOf();
    rests.begin(asker(60_000, "ada"), error());
    expect(refusal(asker(60_000, "ada"))).toBeDefined();
    expect(refusal(asker(60_000, "bob"))).toBeUndefined();
    expect(refusal()).toBeUndefined();
    rests.end();
    expect([refusal(asker(60_000, "ada")), rests.isResting]).toEqual([undefined, false]);
  });

  test("for no longer than who asks wants, and than who was refused wanted", async () => {
    const { clock, rests, refusal } = restsOf();
    rests.begin(asker(60_000), error());
    expect(refusal(asker(10_000))?.retryAfterInMs).toBe(10_000);
    expect(refusal(asker(600_000))?.retryAfterInMs).toBe(60_000);
    await clock.advance(10_000);
    expect(refusal(asker(10_000))).toBeUndefined();
    expect(refusal(asker(10_001))?.retryAfterInMs).toBe(1);
    expect(refusal(asker(0))).toBeUndefined();
  });
});

describe("a dialog that nobody can have read", () => {
  test("is shown once more, and then rests, with its own advice", async () => {
    const { clock, rests, refusal, begun } = restsOf();
    rests.begin(asker(), error(UNREAD));
    expect([refusal(), rests.isResting, begun()]).toEqual([undefined, true, 1]);
    rests.begin(asker(), error(UNREAD));
    expect(refusal()?.hint).toBe(UNREAD.remedy);
    expect(begun()).toBe(2);
    await clock.advance(60_000);
    // After the rest there is one try, and not two.
    expect(refusal()).toBeUndefined();
    rests.begin(asker(), error(UNREAD));
    expect(refusal()).toBeDefined();
    await clock.advance(120_000);
    expect(rests.isResting).toBe(false);
    rests.begin(asker(), error(UNREAD));
    expect(refusal()).toBeUndefined();
  });

  test("without an advice of its own says how to ask at once", () => {
    const { rests, refusal } = restsOf();
    for (let times = 0; times < 2; times += 1) rests.begin(asker(), error({ detail: UNREAD.detail }));
    expect(refusal()?.hint).toContain("authenticate()");
  });

  test("is forgotten after a sign-in", () => {
    const { rests, refusal } = restsOf();
    rests.begin(asker(), error(UNREAD));
    rests.end();
    expect(rests.isResting).toBe(false);
    rests.begin(asker(), error(UNREAD));
    expect(refusal()).toBeUndefined();
  });
});

test("nobody need hear of a rest", () => {
  const rests = new PromptRests(virtualClock());
  rests.begin(asker(), error());
  expect(rests.isResting).toBe(true);
});
