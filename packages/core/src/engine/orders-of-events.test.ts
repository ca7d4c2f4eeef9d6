import { beforeEach, expect, test } from "vitest";
import { ADA, BOB, ScriptedFlow, held } from "../../test/scripted-flow.ts";
import type { AuthenticationRecord } from "../authentication-record.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { EventSink } from "../events/event-sink.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { TokenAnswer, TokenRequest } from "../flow/flow.ts";
import { createLogger } from "../events/logger.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { TokenEngine } from "./token-engine.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";

let clock: VirtualClock;
let flow: ScriptedFlow;
let onEvent: (event: AuthenticationEvent) => void;

beforeEach(() => {
  clock = virtualClock();
  flow = new ScriptedFlow(clock);
  onEvent = () => {};
});

function engineWith(options: CredentialOptions & InteractiveOptions = {}): TokenEngine {
  const settings = resolveSettings(options, { timeoutInMs: 300_000 });
  const events = new EventSink(
    (event) => onEvent(event),
    createLogger("test", () => {}),
  );
  return new TokenEngine({ settings, flow, events, clock, random: () => 0 });
}

const never = new AbortController().signal;

test("a renewal that ends after another account signed in does not bring the former one back", async () => {
  const engine = engineWith();
  await engine.getToken(ARM);
  const late = held<TokenAnswer>();
  const { onSilent } = flow;
  flow.onSilent = () => late.wait(never);
  const call = engine.getToken(STORAGE);
  await late.started;
  flow.onSilent = onSilent;
  flow.onPrompt = async (request) => {
    flow.signedIn = BOB;
    return flow.answer(request);
  };
  expect(await engine.authenticate(ARM, { forcePrompt: true })).toEqual(BOB);
  const bobs = await engine.getToken(ARM);
  late.resolve(flow.answer(flow.silentRequests.at(-1)!, { account: ADA, token: "adas" }));
  expect((await call).token).not.toBe("adas");
  expect(await engine.getToken(ARM)).toBe(bobs);
  expect(await engine.authenticate(ARM)).toEqual(BOB);
});

test("authenticate({ timeoutInMs }) limits a call that joins a prompt that is shown", async () => {
  const engine = engineWith();
  const prompt = held<TokenAnswer>();
  flow.onPrompt = (request) => prompt.wait(request.signal);
  const patient = engine.getToken(ARM);
  await prompt.started;
  for (const scope of [ARM, STORAGE]) {
    let code = "none";
    engine
      .authenticate(scope, { timeoutInMs: 1000 })
      .catch((error: AuthenticationError) => (code = error.code));
    await clock.advance(1000);
    expect(code).toBe("timeout");
  }
  prompt.resolve(flow.answer(flow.prompts[0]!));
  await expect(patient).resolves.toHaveProperty("token");
  expect([flow.prompts.length, clock.pending]).toEqual([1, 0]);
});

test("two calls of authenticate() have each their own time", async () => {
  const engine = engineWith();
  const prompt = held<TokenAnswer>();
  flow.onPrompt = (request) => prompt.wait(request.signal);
  const patient = engine.authenticate(ARM);
  await prompt.started;
  let code = "none";
  engine.authenticate(ARM, { timeoutInMs: 1000 }).catch((error: AuthenticationError) => (code = error.code));
  await clock.advance(1000);
  expect(code).toBe("timeout");
  prompt.resolve(flow.answer(flow.prompts[0]!));
  await expect(patient).resolves.toEqual(ADA);
});

test("whenever the last caller leaves, nobody is asked afterwards", async () => {
  const askedAfterwards: number[] = [];
  for (let turns = 0; turns < 60; turns += 1) {
    const engine = engineWith();
    flow.signedIn = undefined;
    flow.prompts.length = 0;
    let left = false;
    flow.onPrompt = (request) => {
      askedAfterwards.push(...(left ? [turns] : []));
      return held<TokenAnswer>().wait(request.signal);
    };
    const controller = new AbortController();
    const outcome = engine
      .getToken(ARM, { abortSignal: controller.signal })
      .catch((error: Error) => error.name);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    left = true;
    controller.abort();
    expect(await outcome).toBe("AbortError");
    await clock.advance(0);
    expect([turns, clock.pending]).toEqual([turns, 0]);
  }
  expect(askedAfterwards).toEqual([]);
});

test("an abort from within an event leaves no work behind", async () => {
  const engine = engineWith();
  await engine.getToken(ARM);
  const controller = new AbortController();
  onEvent = ({ type }) => type === "refresh" && controller.abort();
  flow.onSilent = (request) => held<TokenAnswer>().wait(request.signal);
  await expect(engine.getToken(STORAGE, { abortSignal: controller.signal })).rejects.toMatchObject({
    name: "AbortError",
  });
  expect(flow.silentRequests.at(-1)?.signal.aborted).toBe(true);
});

test("a call from within an event joins the request that it tells of", async () => {
  const engine = engineWith();
  await engine.getToken(ARM);
  const inner: Promise<unknown>[] = [];
  onEvent = ({ type }) => {
    if (type === "refresh") inner.push(engine.getToken(STORAGE));
  };
  const before = flow.silentRequests.length;
  const { token } = await engine.getToken(STORAGE);
  expect(await Promise.all(inner)).toMatchObject([{ token }]);
  expect(flow.silentRequests.length - before).toBe(1);
});

test("a request that the authority refuses for itself fails no other that waited", async () => {
  const engine = engineWith();
  const prompt = held<TokenAnswer>();
  const { onPrompt } = flow;
  flow.onPrompt = (request) => prompt.wait(request.signal);
  const bad = engine.getToken("api://unknown/.default");
  const good = engine.getToken(ARM);
  const outcomes = Promise.allSettled([bad, good]);
  await prompt.started;
  await clock.advance(0);
  flow.onPrompt = onPrompt;
  prompt.reject(
    new AuthenticationError({ code: "service", what: "The resource is unknown", detail: "invalid_resource" }),
  );
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

test("who cancels the sign-in of one account says nothing about another account's", async () => {
  const tokenCache = memoryTokenCache();
  const prompt = held<TokenAnswer>();
  flow.onPrompt = (request) =>
    request.loginHint === ADA.username
      ? prompt.wait(request.signal)
      : Promise.resolve(flow.answer(request, { account: BOB }));
  const adas = engineWith({ tokenCache, loginHint: ADA.username }).getToken(ARM);
  const outcome = expect(adas).rejects.toMatchObject({ code: "user_cancelled" });
  await prompt.started;
  const bobs = engineWith({ tokenCache, loginHint: BOB.username }).getToken(ARM);
  await clock.advance(0);
  prompt.reject(new AuthenticationError({ code: "user_cancelled", what: "The person closed the window" }));
  await outcome;
  await expect(bobs).resolves.toHaveProperty("token");
});

test("a sign-out whose look at the cache fails has signed out all the same", async () => {
  const engine = engineWith();
  flow.signedIn = BOB;
  flow.accounts = () => Promise.reject(new AuthenticationError({ code: "cache", what: "x" }));
  await expect(engine.signOut()).rejects.toMatchObject({ code: "cache" });
  await engine.getToken(ARM);
  expect(flow.prompts.length).toBe(1);
});

test("what a caller does to a record changes nothing here", async () => {
  const given: { -readonly [K in keyof AuthenticationRecord]: string } = { ...ADA };
  const engine = engineWith({ authenticationRecord: given });
  given.homeAccountId = "mallory.home";
  flow.signedIn = ADA;
  const record = (await engine.authenticate(ARM)) as typeof given;
  record.homeAccountId = "mallory.home";
  const again = (await engine.authenticate(ARM)) as typeof given;
  expect(again).toEqual(ADA);
  again.homeAccountId = "mallory.home";
  await engine.getToken(STORAGE);
  expect(flow.silentRequests.at(-1)?.account).toEqual(ADA);
});

test("an authority whose every token is to be renewed at once is not asked at every call", async () => {
  const engine = engineWith();
  flow.onSilent = () => Promise.reject(new AuthenticationRequiredError({ what: "x", scopes: [ARM] }));
  const due = (request: TokenRequest): TokenAnswer =>
    flow.answer(request, { refreshAfterTimestamp: clock.now() });
  flow.onPrompt = async (request) => {
    flow.signedIn = ADA;
    return due(request);
  };
  await engine.getToken(ARM);
  flow.onSilent = async (request) => due(request);
  const before = flow.silentRequests.length;
  for (let call = 0; call < 20; call += 1) {
    await engine.getToken(ARM);
    await clock.advance(1);
  }
  expect(flow.silentRequests.length - before).toBe(1);
  await clock.advance(30_000);
  await engine.getToken(ARM);
  expect(flow.silentRequests.length - before).toBe(2);
});
