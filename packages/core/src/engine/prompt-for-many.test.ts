import { beforeEach, describe, expect, test } from "vitest";
import { ADA, ScriptedFlow, held } from "../../test/scripted-flow.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { EventSink } from "../events/event-sink.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { createLogger } from "../events/logger.ts";
import type { TokenAnswer, TokenRequest } from "../flow/flow.ts";
import type { SharedSignIns } from "../flow/shared-sign-ins.ts";
import { isSignedInElsewhere } from "../flow/signed-in-elsewhere.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { TokenEngine } from "./token-engine.ts";

const ARM = "https://management.azure.com/.default";

/** What a store is to several processes: who has signed in, and whose turn it is to ask. */
class SharedStore {
  signIns = 0;
  hasLock = true;
  #holders = 0;
  #last: Promise<unknown> = Promise.resolve();

  sharing(): SharedSignIns {
    return {
      state: async () => String(this.signIns),
      alone: (work, signal, onOther) => {
        if (!this.hasLock) return work();
        this.#holders += 1;
        if (this.#holders > 1) onOther();
        const aborted = new Promise<never>((_, reject) =>
          signal.addEventListener("abort", () => reject(new Error("aborted"))),
        );
        const turn = Promise.race([this.#last, aborted]).then(work);
        const ended = Promise.allSettled([this.#last, turn]).then(() => (this.#holders -= 1));
        this.#last = ended;
        return turn;
      },
    };
  }
}

class SharingFlow extends ScriptedFlow {
  readonly sharing: SharedSignIns;

  constructor(clock: VirtualClock, store: SharedStore) {
    super(clock);
    this.sharing = store.sharing();
    this.onSilent = async (request: TokenRequest) => {
      if (store.signIns > 0) return this.answer(request);
      throw new AuthenticationRequiredError({ what: "Nobody is signed in", scopes: request.scopes });
    };
  }
}

let clock: VirtualClock;
let store: SharedStore;
let flows: SharingFlow[];
let events: AuthenticationEvent[];

beforeEach(() => {
  clock = virtualClock();
  store = new SharedStore();
  flows = [];
  events = [];
});

/** A credential of another process: it shares nothing but the store. */
function credential(options: CredentialOptions & InteractiveOptions = {}): TokenEngine {
  const flow = new SharingFlow(clock, store);
  flows.push(flow);
  const sink = new EventSink(
    (event) => events.push(event),
    createLogger("test", () => {}),
  );
  const settings = resolveSettings(options, { timeoutInMs: 300_000 });
  return new TokenEngine({ settings, flow, events: sink, clock, random: () => 0 });
}

const prompts = (): readonly number[] => flows.map((flow) => flow.prompts.length);

describe("four processes with one token cache", () => {
  test("ask once, and the sign-in serves them all", async () => {
    const four = [credential(), credential(), credential(), credential()];
    const person = held<TokenAnswer>();
    for (const flow of flows) flow.onPrompt = (request) => person.wait(request.signal);
    const calls = four.map((each) => each.getToken(ARM));
    await clock.advance(3000);
    expect(prompts()).toEqual([1, 0, 0, 0]);
    expect(events.filter((event) => event.type === "warning")).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ code: "signing_in_elsewhere" })),
    );
    store.signIns = 1;
    person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
    await clock.advance(1000);
    expect((await Promise.all(calls)).length).toBe(4);
    expect(prompts()).toEqual([1, 0, 0, 0]);
    expect(clock.pending).toBe(0);
  });

  test("ask once, though the sign-in came between a silent look and the wait for whoever asks", async () => {
    const [one, late] = [credential(), credential()];
    const person = held<TokenAnswer>();
    flows[0]!.onPrompt = (request) => person.wait(request.signal);
    const first = one!.getToken(ARM);
    await clock.advance(100);
    const { onSilent } = flows[1]!;
    flows[1]!.onSilent = async ({ scopes }) => {
      // Nobody was there when it looked; now somebody is, whose prompt has not ended yet.
      store.signIns = 1;
      flows[1]!.onSilent = onSilent;
      throw new AuthenticationRequiredError({ what: "Nobody is signed in", scopes });
    };
    const second = late!.getToken(ARM);
    await clock.advance(100);
    person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
    await clock.advance(0);
    expect((await Promise.all([first, second])).length).toBe(2);
    expect(prompts()).toEqual([1, 0]);
  });

  test.each([
    [
      "that the person was asked elsewhere",
      false,
      /^Another process with the same .*\. Start the sign-in again; /,
    ],
    [
      "that somebody has signed in, and why that brought no token",
      true,
      /^Somebody has signed in for another .* no token here: No route\. Start the sign-in again; /,
    ],
  ])("say, when one's time is over, %s", async (_, hasSignedIn, hint) => {
    const two = [credential(), credential({ timeoutInMs: 5000 })];
    const person = held<TokenAnswer>();
    flows[0]!.onPrompt = (request) => person.wait(request.signal);
    const [first, second] = two.map((each) => each.getToken(ARM));
    const outcome = expect(second).rejects.toMatchObject({
      code: "timeout",
      hint: expect.stringMatching(hint) as string,
    });
    await clock.advance(2000);
    if (hasSignedIn) {
      // That sign-in is not enough for the one that asks.
      flows[0]!.onSilent = ({ scopes }) =>
        Promise.reject(new AuthenticationRequiredError({ what: "Another is signed in", scopes }));
      flows[1]!.onSilent = () =>
        Promise.reject(new AuthenticationError({ code: "network", what: "No route", retryable: true }));
      store.signIns = 1;
    }
    await clock.advance(5000);
    await outcome;
    person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
    await clock.advance(0);
    await first;
  });

  test("say what the flow has to say where the person was asked here", async () => {
    const one = credential({ timeoutInMs: 5000 });
    flows[0]!.onPrompt = (request) => {
      request.explainTimeout?.(() => "Look behind the other window");
      return held<TokenAnswer>().wait(request.signal);
    };
    const outcome = expect(one.getToken(ARM)).rejects.toMatchObject({ hint: "Look behind the other window" });
    await clock.advance(6000);
    await outcome;
  });

  test("do not ask because the network failed when the other's sign-in was tried", async () => {
    const two = [credential(), credential()];
    const person = held<TokenAnswer>();
    flows[0]!.onPrompt = (request) => person.wait(request.signal);
    const calls = two.map((each) => each.getToken(ARM));
    const outcome = expect(calls[1]).rejects.toMatchObject({ code: "network" });
    await person.started;
    await clock.advance(0);
    store.signIns = 1;
    flows[1]!.onSilent = () =>
      Promise.reject(new AuthenticationError({ code: "network", what: "x", retryable: true }));
    person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
    await outcome;
    expect(prompts()).toEqual([1, 0]);
    expect(clock.pending).toBe(0);
  });

  test("go on with the next one's prompt when the one that asks dies or gives up", async () => {
    const two = [credential(), credential()];
    flows[0]!.onPrompt = () => Promise.reject(new AuthenticationError({ code: "network", what: "x" }));
    const calls = two.map((each) => each.getToken(ARM));
    await expect(calls[0]).rejects.toMatchObject({ code: "network" });
    await calls[1];
    expect(prompts()).toEqual([1, 1]);
    expect(clock.pending).toBe(0);
  });

  test("close the prompts that nobody needs any more, where the store cannot hold them back", async () => {
    store.hasLock = false;
    const two = [credential(), credential()];
    const [first, second] = [held<TokenAnswer>(), held<TokenAnswer>()];
    flows[0]!.onPrompt = (request) => first.wait(request.signal);
    flows[1]!.onPrompt = (request) => second.wait(request.signal);
    const calls = two.map((each) => each.getToken(ARM));
    await clock.advance(500);
    expect(prompts()).toEqual([1, 1]);
    store.signIns = 1;
    first.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
    await clock.advance(1000);
    expect((await Promise.all(calls)).length).toBe(2);
    const { signal } = flows[1]!.prompts[0]!;
    expect([signal.aborted, isSignedInElsewhere(signal)]).toEqual([true, true]);
  });
});

test("a sign-in of somebody else, or one that is not enough, leaves the prompt open", async () => {
  const engine = credential();
  const person = held<TokenAnswer>();
  flows[0]!.onPrompt = (request) => person.wait(request.signal);
  flows[0]!.onSilent = ({ scopes }) =>
    Promise.reject(new AuthenticationRequiredError({ what: "MFA", scopes }));
  const call = engine.getToken(ARM);
  await clock.advance(1500);
  // Once for the call, once for a sign-in that came while that request was under way.
  expect(flows[0]!.silentRequests.length).toBe(2);
  store.signIns = 1;
  await clock.advance(10_000);
  expect(flows[0]!.silentRequests.length).toBe(3);
  expect(flows[0]!.prompts[0]!.signal.aborted).toBe(false);
  person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
  await call;
  expect(clock.pending).toBe(0);
});

test("a prompt that was forced is not ended for another's sign-in; one that waits for the other's is spared", async () => {
  const [one, other] = [credential(), credential()];
  const person = held<TokenAnswer>();
  flows[0]!.onPrompt = (request) => person.wait(request.signal);
  const calls = [
    one!.authenticate(ARM, { forcePrompt: true }),
    other!.authenticate(ARM, { forcePrompt: true }),
  ];
  await clock.advance(1500);
  store.signIns = 1;
  await clock.advance(1500);
  expect((await calls[1]!).username).toBe(ADA.username);
  expect(flows[0]!.prompts[0]!.signal.aborted).toBe(false);
  person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
  await calls[0];
  expect(prompts()).toEqual([1, 0]);
});

test("whoever gives up while another process asks leaves nothing behind", async () => {
  const [one, other] = [credential(), credential()];
  const person = held<TokenAnswer>();
  for (const flow of flows) flow.onPrompt = (request) => person.wait(request.signal);
  const asking = one!.getToken(ARM);
  await clock.advance(1500);
  const controller = new AbortController();
  const waiting = other!.getToken(ARM, { abortSignal: controller.signal });
  await clock.advance(1500);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
  await asking;
  await clock.advance(1500);
  expect(prompts()).toEqual([1, 0]);
  expect(clock.pending).toBe(0);
});

test("the person's time is over for who waits for another process, too", async () => {
  const [one, other] = [credential({ timeoutInMs: 600_000 }), credential({ timeoutInMs: 10_000 })];
  const person = held<TokenAnswer>();
  flows[0]!.onPrompt = (request) => person.wait(request.signal);
  const asking = one!.getToken(ARM);
  const waiting = other!.getToken(ARM).catch((error: AuthenticationError) => error.detail);
  await clock.advance(11_000);
  expect(await waiting).toBe("interactive_timeout");
  person.resolve(flows[0]!.answer(flows[0]!.prompts[0]!));
  await asking;
});

test("a sign-in of another process that comes while a silent request is under way is tried before a person is asked", async () => {
  const engine = credential();
  const [flow] = flows;
  const early = held<TokenAnswer>();
  flow!.onSilent = (request) => early.wait(request.signal);
  const call = engine.getToken(ARM);
  await clock.advance(10);
  store.signIns = 1;
  flow!.onSilent = async (request) => flow!.answer(request);
  early.reject(new AuthenticationRequiredError({ what: "Nobody is signed in", scopes: [ARM] }));
  await clock.advance(0);
  expect((await call).token).toBe("token-1");
  expect(prompts()).toEqual([0]);
});

test("a silent request that was under way when another process signed in counts as none that knows of it", async () => {
  const engine = credential();
  const [flow] = flows;
  const person = held<TokenAnswer>();
  flow!.onPrompt = (request) => person.wait(request.signal);
  const call = engine.getToken(ARM);
  await clock.advance(0);
  expect(prompts()).toEqual([1]);
  const early = held<TokenAnswer>();
  flow!.onSilent = (request) => early.wait(request.signal);
  const beside = engine.authenticate(ARM);
  await clock.advance(0);
  store.signIns = 1;
  await clock.advance(1000);
  flow!.onSilent = async (request) => flow!.answer(request);
  early.reject(new AuthenticationRequiredError({ what: "Nobody is signed in", scopes: [ARM] }));
  await clock.advance(0);
  expect((await call).token).toBe("token-1");
  await beside;
  expect(prompts()).toEqual([1]);
  expect(isSignedInElsewhere(flow!.prompts[0]!.signal)).toBe(true);
});
