import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, ScriptedFlow, held } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { AbortError } from "../errors/abort-error.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { Acquired } from "./acquired.ts";
import { Session } from "./session.ts";
import type { Entered, SignInGate } from "./sign-in-gate.ts";
import { SilentRequests } from "./silent-requests.ts";
import type { TokenCall } from "./token-call.ts";

const CALL: TokenCall = { scopes: ["s"], tenantId: "t", enableCae: false, correlationId: "c", options: {} };
const never = new AbortController().signal;
const needed = (): AuthenticationError => new AuthenticationRequiredError({ what: "x", scopes: [] });
const offline = (): AuthenticationError => new AuthenticationError({ code: "network", what: "x" });

let heard: Entered<Acquired> | undefined;
let listening: number;
beforeEach(() => {
  heard = undefined;
  listening = 0;
});

function requestsWith(options: CredentialOptions & InteractiveOptions = {}) {
  const clock = virtualClock();
  const taken: unknown[] = [];
  const flow = Object.assign(new ScriptedFlow(clock), {
    takeOver: async (...given: unknown[]) => void taken.push(given),
  });
  flow.signedIn = ADA;
  const settings = resolveSettings(options);
  const session = new Session({ settings, clock, random: () => 0 });
  const events: AuthenticationEvent[] = [];
  const sink = { report: (event: AuthenticationEvent) => events.push(event) } as unknown as EventSink;
  const gate = {
    listen: () => {
      listening += 1;
      return {
        get heard() {
          return heard;
        },
        end: () => (listening -= 1),
      };
    },
  } as unknown as SignInGate<Acquired>;
  const requests = new SilentRequests({
    settings,
    receiver: { flow, events: sink, session },
    gate: () => gate,
  });
  return { requests, flow, session, events, taken, clock };
}

describe("a request that begins now", () => {
  test("is the one that is under way, as far as that brings a token or fails for any other reason", async () => {
    const { requests, flow } = requestsWith();
    for (const outcome of ["token", "fault"]) {
      const early = held<TokenAnswer>();
      flow.onSilent = (request) => early.wait(request.signal);
      const before = flow.silentRequests.length;
      const underWay = requests
        .of(CALL, "waits")
        .join()
        .catch(() => {});
      const anew = requests.anew(CALL, "waits", never).catch((error: unknown) => error);
      await new Promise((resolve) => setImmediate(resolve));
      if (outcome === "token") early.resolve(flow.answer(flow.silentRequests.at(-1)!));
      else early.reject(offline());
      await underWay;
      expect(await anew).toMatchObject(outcome === "token" ? { account: ADA } : { code: "network" });
      expect(flow.silentRequests.length).toBe(before + 1);
    }
  });

  test("is another one where that has found that a person is needed, which may be so no longer", async () => {
    const { requests, flow } = requestsWith();
    const early = held<TokenAnswer>();
    flow.onSilent = (request) =>
      flow.silentRequests.length === 1 ? early.wait(request.signal) : Promise.resolve(flow.answer(request));
    const underWay = requests
      .of(CALL, "waits")
      .join()
      .catch(() => {});
    const anew = requests.anew(CALL, "waits", never);
    await new Promise((resolve) => setImmediate(resolve));
    early.reject(needed());
    await underWay;
    expect((await anew).account).toEqual(ADA);
    expect(flow.silentRequests.length).toBe(2);
  });
});

describe("a request that was refused while somebody signed in", () => {
  test.each([
    ["who means another account", {}, 0],
    ["for the same account", { others: { account: ADA, flow: {} } as unknown as Acquired }, 1],
  ])("%s is tried once more, and nobody listens any more", async (_, news, takenOver) => {
    const { requests, flow, taken } = requestsWith();
    flow.onSilent = async (request) => {
      if (flow.silentRequests.length > 1) return flow.answer(request);
      heard = news;
      throw needed();
    };
    expect((await requests.of(CALL, "waits").join()).account).toEqual(ADA);
    expect([flow.silentRequests.length, taken.length, listening]).toEqual([2, takenOver, 0]);
  });

  test("is not tried again where nobody signed in, or for any other reason", async () => {
    const { requests, flow } = requestsWith();
    flow.onSilent = () => Promise.reject(needed());
    await expect(requests.of(CALL, "waits").join()).rejects.toMatchObject({
      code: "authentication_required",
    });
    heard = {};
    flow.onSilent = () => Promise.reject(offline());
    await expect(requests.of(CALL, "waits").join()).rejects.toMatchObject({ code: "network" });
    expect([flow.silentRequests.length, listening]).toEqual([2, 0]);
  });

  test.each(["was refused", "was answered for another account than has signed in since"])(
    "is not tried again by whom all have left when it %s",
    async (how) => {
      const { requests, flow, session } = requestsWith();
      const late = held<TokenAnswer>();
      flow.onSilent = () => late.wait(never);
      const left = requests
        .of(CALL, "waits")
        .join()
        .catch((error: unknown) => error);
      await new Promise((resolve) => setImmediate(resolve));
      const answer = flow.answer(flow.silentRequests[0]!);
      requests.cancelAll(new AbortError());
      expect(await left).toMatchObject({ name: "AbortError" });
      heard = {};
      if (how === "was refused") late.reject(needed());
      else {
        session.accept(CALL, { ...answer, account: BOB });
        late.resolve(answer);
      }
      await new Promise((resolve) => setImmediate(resolve));
      expect([flow.silentRequests.length, listening]).toEqual([1, 0]);
    },
  );
});

describe("another's sign-in is taken over", () => {
  const others = (flow: object): Acquired => ({ account: BOB, flow }) as unknown as Acquired;

  test("where this one would have asked for the same, and the next request is for that account", async () => {
    const { requests, flow, taken } = requestsWith();
    const from = {};
    await requests.takeOver(others(from));
    expect(taken).toEqual([[BOB, from]]);
    flow.signedIn = BOB;
    await requests.of(CALL, "waits").join();
    expect(flow.silentRequests[0]?.account).toEqual(BOB);
  });

  test("also by a flow that knows no way to it", async () => {
    const { requests, flow } = requestsWith();
    Object.assign(flow, { takeOver: undefined });
    await requests.takeOver(others({}));
    flow.signedIn = BOB;
    await requests.of(CALL, "waits").join();
    expect(flow.silentRequests[0]?.account).toEqual(BOB);
  });

  test("not where it is its own, the token cache has it, or who asks wants an answer of its own", async () => {
    const own = requestsWith();
    await own.requests.takeOver(others(own.flow));
    const cached = requestsWith({ tokenCache: memoryTokenCache() });
    await cached.requests.takeOver(others({}));
    const picking = requestsWith({ prompt: "select_account" });
    await picking.requests.takeOver(others({}));
    const gone = requestsWith();
    gone.session.signOut();
    await gone.requests.takeOver(others({}));
    for (const { taken } of [own, cached, picking, gone]) expect(taken).toEqual([]);
  });
});

test("a token that came silently is told as such", async () => {
  const { requests, events } = requestsWith();
  await requests.of(CALL, "waits").join();
  expect(events.at(-1)).toMatchObject({ type: "done", interactive: false, username: ADA.username });
});
