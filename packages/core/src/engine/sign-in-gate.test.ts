import { describe, expect, test } from "vitest";
import { ADA, held } from "../../test/scripted-flow.ts";
import { AbortError } from "../errors/abort-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { SignInGate, type SignIn } from "./sign-in-gate.ts";

type Outcome = { readonly account: typeof ADA };
const OUTCOME: Outcome = { account: ADA };

function gateAndPerson() {
  const clock = virtualClock();
  const gate = new SignInGate<Outcome>(clock);
  const prompts: ReturnType<typeof held<Outcome>>[] = [];
  const waited: number[] = [];
  const owner = {};
  const signIn = (changes: Partial<SignIn<Outcome>> = {}): SignIn<Outcome> => ({
    owner,
    key: "k",
    loginHint: undefined,
    cooldownInMs: 60_000,
    timeoutInMs: undefined,
    explicit: false,
    start: (signal) => {
      const prompt = held<Outcome>();
      prompts.push(prompt);
      return prompt.wait(signal);
    },
    waiting: (seconds) => waited.push(seconds),
    ...changes,
  });
  const enter = (changes?: Partial<SignIn<Outcome>>, { signal } = new AbortController()) => {
    const entered = gate.enter(signIn(changes), signal);
    entered.catch(() => {});
    return entered;
  };
  return { clock, gate, prompts, waited, owner, enter };
}

const cancelled = (): AuthenticationError =>
  new AuthenticationError({ code: "user_cancelled", what: "closed" });
const refusedFor = (detail: string): AuthenticationError =>
  new AuthenticationError({ code: "service", what: "no", detail });

describe("one prompt at a time", () => {
  test("is shown; who asks for the same has its outcome, and others hear that somebody has signed in", async () => {
    const { clock, gate, prompts, enter } = gateAndPerson();
    expect(gate.isOpen).toBe(false);
    const entered = [
      enter(),
      enter(),
      enter({ key: "other" }),
      enter({ owner: {} }),
      enter({ owner: {}, loginHint: "bob" }),
    ];
    await clock.advance(0);
    expect([gate.isOpen, prompts.length]).toEqual([true, 1]);
    prompts[0]!.resolve(OUTCOME);
    expect(await Promise.all(entered)).toEqual([
      { own: OUTCOME },
      { own: OUTCOME },
      { others: OUTCOME },
      { others: OUTCOME },
      {},
    ]);
    expect([gate.isOpen, clock.pending]).toEqual([false, 0]);
  });

  test("goes on when one of those who wait leaves, and ends with the last", async () => {
    const { clock, gate, prompts, enter } = gateAndPerson();
    const [one, two] = [new AbortController(), new AbortController()];
    const entered = [enter({}, one), enter({ key: "other" }, two)];
    await clock.advance(0);
    one.abort("first");
    await expect(entered[0]).rejects.toMatchObject({ name: "AbortError" });
    expect(gate.isOpen).toBe(true);
    two.abort("second");
    await expect(entered[1]).rejects.toMatchObject({ name: "AbortError" });
    expect([gate.isOpen, clock.pending, prompts.length]).toEqual([false, 0, 1]);
  });

  test("is ended by its owner, and by no other", async () => {
    const { clock, gate, owner, enter } = gateAndPerson();
    const entered = enter();
    await clock.advance(0);
    gate.cancel({}, new Error("not mine"));
    expect(gate.isOpen).toBe(true);
    const reason = new AbortError();
    gate.cancel(owner, reason);
    await expect(entered).rejects.toBe(reason);
    expect(gate.isOpen).toBe(false);
    gate.cancel(owner, reason);
  });
});

describe("a prompt that fails", () => {
  test("fails for all who wait for it, and lets automatic prompts rest", async () => {
    const { clock, gate, prompts, enter } = gateAndPerson();
    const entered = [enter(), enter({ key: "other" }), enter({ owner: {} })];
    await clock.advance(0);
    prompts[0]!.reject(cancelled());
    for (const each of entered) await expect(each).rejects.toMatchObject({ code: "user_cancelled" });
    expect(gate.isResting).toBe(true);
    await expect(enter()).rejects.toMatchObject({ detail: "prompt_cooldown" });
    expect(prompts.length).toBe(1);
    // Who asks for it is asked.
    const explicit = enter({ explicit: true });
    await clock.advance(0);
    prompts[1]!.resolve(OUTCOME);
    expect(await explicit).toEqual({ own: OUTCOME });
    expect(gate.isResting).toBe(false);
  });

  test.each([
    ["for another account", cancelled(), { loginHint: "bob" }, true],
    ["for other scopes, which it refused", refusedFor("invalid_scope"), { key: "other" }, true],
    [
      "for other scopes, which it refused as too long",
      refusedFor("auth_url_too_long"),
      { key: "other" },
      true,
    ],
    ["for the same scopes, which it refused", refusedFor("invalid_scope"), {}, false],
    ["for other scopes, for another reason", refusedFor("invalid_client"), { key: "other" }, false],
    ["of another credential, that was disposed", new AbortError(), { owner: {} }, true],
    ["of another credential, whose person said no", cancelled(), { owner: {} }, false],
    ["of the same credential, that was disposed", new AbortError(), { key: "other" }, false],
  ])("%s", async (_, error, changes, goesOn) => {
    const { clock, prompts, enter } = gateAndPerson();
    void enter();
    const waiting = enter(changes);
    await clock.advance(0);
    prompts[0]!.reject(error);
    if (goesOn) expect(await waiting).toEqual({});
    else await expect(waiting).rejects.toBe(error);
  });

  test("lets nobody rest where no person has said no", async () => {
    const { clock, gate, prompts, enter } = gateAndPerson();
    for (const error of [new Error("x"), Object.assign(new Error("x"), { code: "user_cancelled" })]) {
      const entered = enter();
      await clock.advance(0);
      prompts.at(-1)!.reject(error);
      await expect(entered).rejects.toBe(error);
      expect(gate.isResting).toBe(false);
    }
  });
});

describe("the person's time", () => {
  test("is limited by who asked, and the flow says what to do", async () => {
    const { clock, gate, enter } = gateAndPerson();
    const entered = enter({
      timeoutInMs: 12_340,
      start: (signal, explain) => {
        explain(() => "first");
        explain(() => "Look at the other window");
        return held<Outcome>().wait(signal);
      },
    });
    await clock.advance(12_339);
    expect(gate.isOpen).toBe(true);
    await clock.advance(1);
    await expect(entered).rejects.toMatchObject({
      code: "timeout",
      detail: "interactive_timeout",
      hint: "Look at the other window",
      retryable: true,
      message: expect.stringContaining("within 12.3 s") as string,
    });
    expect([gate.isOpen, gate.isResting, clock.pending]).toEqual([false, true, 0]);
  });

  test("is each caller's own: who joins with less leaves alone, with a timeout", async () => {
    const { clock, gate, prompts, enter } = gateAndPerson();
    const shown = enter({ timeoutInMs: 60_000 });
    const joined = enter({ timeoutInMs: 1000 });
    const unlimited = enter();
    await clock.advance(1000);
    await expect(joined).rejects.toMatchObject({
      code: "timeout",
      hint: expect.stringContaining("timeoutInMs") as string,
    });
    expect(gate.isOpen).toBe(true);
    prompts[0]!.resolve(OUTCOME);
    expect(await Promise.all([shown, unlimited])).toEqual([{ own: OUTCOME }, { own: OUTCOME }]);
    expect(clock.pending).toBe(0);
  });

  test("is without end where nobody has set one", async () => {
    const { clock, gate, enter } = gateAndPerson();
    void enter();
    void enter();
    await clock.advance(0);
    // The one that reminds.
    expect(clock.pending).toBe(1);
    await clock.advance(3_600_000);
    expect(gate.isOpen).toBe(true);
  });

  test("passes every five seconds, and is told to who shows the prompt", async () => {
    const { clock, prompts, waited, enter } = gateAndPerson();
    const entered = enter();
    await clock.advance(4999);
    expect(waited).toEqual([]);
    await clock.advance(10_001);
    expect(waited).toEqual([5, 10, 15]);
    prompts[0]!.resolve(OUTCOME);
    await entered;
    await clock.advance(60_000);
    expect(waited).toEqual([5, 10, 15]);
  });
});

describe("who listens", () => {
  test("hears of sign-ins from then on, whose they are as far as it matters, and no more in the end", async () => {
    const { clock, gate, prompts, enter } = gateAndPerson();
    const ada = gate.listen("ada");
    const bob = gate.listen("bob");
    const left = gate.listen("ada");
    left.end();
    expect(ada.heard).toBeUndefined();
    const entered = enter({ loginHint: "ada" });
    await clock.advance(0);
    prompts[0]!.resolve(OUTCOME);
    await entered;
    expect([ada.heard, bob.heard, left.heard]).toEqual([{ others: OUTCOME }, {}, undefined]);
    const failing = enter({ loginHint: "ada" });
    const later = gate.listen("ada");
    await clock.advance(0);
    prompts[1]!.reject(cancelled());
    await failing.catch(() => {});
    expect(later.heard).toBeUndefined();
  });
});
