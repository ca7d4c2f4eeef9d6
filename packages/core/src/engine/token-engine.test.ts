import { beforeEach, describe, expect, test, vi } from "vitest";
import { ADA, BOB, ScriptedFlow, held } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { EventSink } from "../events/event-sink.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import { createLogger } from "../events/logger.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { TokenEngine } from "./token-engine.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";
const MINUTE = 60_000;
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

let clock: VirtualClock;
let flow: ScriptedFlow;
let events: AuthenticationEvent[];

beforeEach(() => {
  clock = virtualClock();
  flow = new ScriptedFlow(clock);
  events = [];
});

function engineWith(options: CredentialOptions & InteractiveOptions = {}): TokenEngine {
  const settings = resolveSettings(options, { timeoutInMs: 300_000 });
  const sink = new EventSink(
    (event) => events.push(event),
    createLogger("test", () => {}),
  );
  return new TokenEngine({ settings, flow, events: sink, clock, random: () => 0 });
}

const network = (): AuthenticationError =>
  new AuthenticationError({ code: "network", what: "Cannot reach the authority", retryable: true });
const cancelled = (): AuthenticationError =>
  new AuthenticationError({ code: "user_cancelled", what: "The person closed the window" });
const times = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make));

describe("memory", () => {
  test("a hit asks nobody and returns the same token", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    const again = await times(100, () => engine.getToken(ARM));
    expect(new Set(again.map(({ token }) => token))).toEqual(new Set([first.token]));
    expect([flow.prompts.length, flow.silentRequests.length]).toEqual([1, 1]);
  });

  test("scopes are a set: order and doubles change nothing", async () => {
    const engine = engineWith();
    const one = await engine.getToken(["api://x/b", "api://x/a"]);
    const other = await engine.getToken(["api://x/a", "api://x/b", "api://x/a"]);
    expect(other).toEqual(one);
  });

  test("tenant, CAE and scopes each have a token of their own, from one sign-in", async () => {
    const engine = engineWith({ additionallyAllowedTenants: ["*"] });
    const tokens = [
      await engine.getToken(ARM),
      await engine.getToken(ARM, { enableCae: true }),
      await engine.getToken(STORAGE),
      await engine.getToken(ARM, { tenantId: "contoso.example" }),
    ];
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(4);
    expect(flow.prompts.length).toBe(1);
  });

  test("a token is served until five minutes before it expires, then renewed", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    await clock.advance(54 * MINUTE);
    expect(await engine.getToken(ARM)).toBe(first);
    await clock.advance(2 * MINUTE);
    expect((await engine.getToken(ARM)).token).not.toBe(first.token);
    expect(flow.prompts.length).toBe(1);
  });

  test("a token whose whole life is short is served for half of it, and renewed once", async () => {
    const engine = engineWith();
    flow.onPrompt = async (request) => {
      flow.signedIn = ADA;
      return flow.answer(request, { expiresOnTimestamp: clock.now() + 200_000 });
    };
    const first = await engine.getToken(ARM);
    await clock.advance(99_000);
    expect(await engine.getToken(ARM)).toBe(first);
    await clock.advance(2000);
    const second = await engine.getToken(ARM);
    expect(second).not.toBe(first);
    expect(await engine.getToken(ARM)).toBe(second);
  });

  test("a wall clock that is set back does not keep a token alive, nor does a sleep of the machine", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    clock.setWall(clock.now() - 24 * 60 * MINUTE);
    expect(await engine.getToken(ARM)).toBe(first);
    await clock.advance(61 * MINUTE);
    const second = await engine.getToken(ARM);
    expect(second.token).not.toBe(first.token);
    clock.setWall(clock.now() + 61 * MINUTE);
    expect((await engine.getToken(ARM)).token).not.toBe(second.token);
  });

  test("what a caller gets cannot be altered for the others", async () => {
    const token = await engineWith().getToken(ARM);
    expect(Object.isFrozen(token)).toBe(true);
  });
});

describe("one request in flight", () => {
  test("a hundred first calls show one prompt", async () => {
    const engine = engineWith();
    const tokens = await times(100, () => engine.getToken(ARM));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(flow.prompts.length).toBe(1);
  });

  test("calls for different scopes share one prompt; the others go on silently", async () => {
    const engine = engineWith();
    await Promise.all([
      engine.getToken(ARM),
      engine.getToken(STORAGE, { enableCae: true }),
      engine.authenticate(),
    ]);
    expect(flow.prompts.length).toBe(1);
  });

  test("a thousand calls with an expired token refresh once", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    await clock.advance(61 * MINUTE);
    const before = flow.silentRequests.length;
    await times(1000, () => engine.getToken(ARM));
    expect(flow.silentRequests.length - before).toBe(1);
  });

  test("one caller's abort leaves the others served", async () => {
    const engine = engineWith();
    const prompt = held<TokenAnswer>();
    flow.onPrompt = (request) => prompt.wait(request.signal);
    const controller = new AbortController();
    const leaving = engine.getToken(ARM, { abortSignal: controller.signal });
    const staying = engine.getToken(ARM);
    await prompt.started;
    controller.abort(new Error("changed my mind"));
    await expect(leaving).rejects.toMatchObject({
      name: "AbortError",
      cause: { message: "changed my mind" },
    });
    expect(flow.prompts[0]!.signal.aborted).toBe(false);
    prompt.resolve(flow.answer(flow.prompts[0]!));
    expect((await staying).token).toBeTruthy();
  });

  test("the last caller to leave cancels the work", async () => {
    const engine = engineWith();
    const prompt = held<TokenAnswer>();
    flow.onPrompt = (request) => prompt.wait(request.signal);
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => engine.getToken(ARM, { abortSignal: signal }));
    await prompt.started;
    for (const each of controllers) each.abort();
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(flow.prompts[0]!.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test("a prompt stays open while a call for other scopes still waits for it", async () => {
    const engine = engineWith();
    const prompt = held<TokenAnswer>();
    flow.onPrompt = (request) => prompt.wait(request.signal);
    const controller = new AbortController();
    const leaving = engine.getToken(ARM, { abortSignal: controller.signal });
    await prompt.started;
    const staying = engine.getToken(STORAGE);
    await clock.advance(1);
    controller.abort();
    await expect(leaving).rejects.toMatchObject({ name: "AbortError" });
    flow.signedIn = ADA;
    prompt.resolve(flow.answer(flow.prompts[0]!));
    expect((await staying).token).toBeTruthy();
    expect(flow.prompts.length).toBe(1);
  });

  test("an aborted signal means that nothing happens", async () => {
    const engine = engineWith();
    await expect(engine.getToken(ARM, { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    await expect(engine.authenticate(ARM, { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect([flow.prompts.length, flow.silentRequests.length]).toEqual([0, 0]);
  });

  test("one signal for fifty calls keeps no listener", async () => {
    const engine = engineWith();
    let listening = 0;
    const { signal } = new AbortController();
    const counting = {
      aborted: false,
      addEventListener: (...args: Parameters<AbortSignal["addEventListener"]>) => {
        listening += 1;
        signal.addEventListener(...args);
      },
      removeEventListener: (...args: Parameters<AbortSignal["removeEventListener"]>) => {
        listening -= 1;
        signal.removeEventListener(...args);
      },
    };
    for (let i = 0; i < 50; i += 1)
      await engine.getToken(`api://app-${i}/.default`, { abortSignal: counting as AbortSignal });
    expect(listening).toBe(0);
  });

  test("one signal for fifty calls at once has one listener, and its abort ends them all", async () => {
    const engine = engineWith();
    const prompt = held<TokenAnswer>();
    flow.onPrompt = (request) => prompt.wait(request.signal);
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, "addEventListener");
    const calls = Array.from({ length: 50 }, (_, index) =>
      engine.getToken(`api://app-${index % 5}/.default`, { abortSignal: controller.signal }),
    );
    await prompt.started;
    expect(added).toHaveBeenCalledTimes(1);
    controller.abort();
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.every((each) => each.status === "rejected" && each.reason.name === "AbortError")).toBe(
      true,
    );
    expect(clock.pending).toBe(0);
  });
});

test("a caller who waits keeps the process alive, whatever the flow waits for; nothing does afterwards", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const engine = engineWith();
  const before = timers();
  const prompt = held<TokenAnswer>();
  flow.onPrompt = (request) => prompt.wait(request.signal);
  const call = engine.getToken(ARM);
  await prompt.started;
  expect(timers()).toBe(before + 1);
  prompt.resolve(flow.answer(flow.prompts[0]!));
  await call;
  expect(timers()).toBe(before);
});

describe("refresh", () => {
  const withRefresh = (): TokenEngine => {
    flow.onPrompt = async (request) => {
      flow.signedIn = ADA;
      return flow.answer(request, { refreshAfterTimestamp: clock.now() + 30 * MINUTE });
    };
    return engineWith();
  };

  test("after refreshAfterTimestamp the present token is served and renewed once in the background", async () => {
    const engine = withRefresh();
    const first = await engine.getToken(ARM);
    await clock.advance(31 * MINUTE);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    const served = await times(50, () => engine.getToken(ARM));
    expect(new Set(served.map(({ token }) => token))).toEqual(new Set([first.token]));
    expect(flow.silentRequests.length).toBe(2);
    renewal.resolve(flow.answer(flow.silentRequests.at(-1)!));
    await clock.advance(0);
    expect((await engine.getToken(ARM)).token).not.toBe(first.token);
  });

  test("a failed background refresh is silent for the caller and pauses", async () => {
    const engine = withRefresh();
    const first = await engine.getToken(ARM);
    await clock.advance(31 * MINUTE);
    flow.onSilent = () => Promise.reject(network());
    expect(await engine.getToken(ARM)).toBe(first);
    await clock.advance(0);
    expect(await engine.getToken(ARM)).toBe(first);
    await clock.advance(0);
    expect(flow.silentRequests.length).toBe(2);
    await clock.advance(31_000);
    await engine.getToken(ARM);
    await clock.advance(0);
    expect(flow.silentRequests.length).toBe(3);
    expect(events.filter(({ type }) => type === "refresh_failed").length).toBe(2);
    expect(flow.prompts.length).toBe(1);
  });

  test("a network fault returns the token that is still valid, and prompts nobody", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    await clock.advance(56 * MINUTE);
    flow.onSilent = () => Promise.reject(network());
    expect(await engine.getToken(ARM)).toBe(first);
    await clock.advance(5 * MINUTE);
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ code: "network", retryable: true });
    expect(flow.prompts.length).toBe(1);
    flow.onSilent = async (request) => flow.answer(request);
    expect((await engine.getToken(ARM)).token).not.toBe(first.token);
  });

  test("a renewal that takes long holds nobody up whose token is still valid", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    await clock.advance(56 * MINUTE);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    const call = engine.getToken(ARM);
    await clock.advance(1500);
    expect(await call).toBe(first);
    renewal.resolve(flow.answer(flow.silentRequests.at(-1)!));
    await clock.advance(0);
    expect((await engine.getToken(ARM)).token).not.toBe(first.token);
  });

  test("a token that nothing can renew is served while it is valid, and nobody is asked", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    await clock.advance(56 * MINUTE);
    flow.onSilent = ({ scopes }) =>
      Promise.reject(new AuthenticationRequiredError({ what: "x", detail: "account_not_found", scopes }));
    expect(await engine.getToken(ARM)).toBe(first);
    expect(flow.prompts.length).toBe(1);
    await clock.advance(5 * MINUTE);
    await engine.getToken(ARM);
    expect(flow.prompts.length).toBe(2);
  });

  test("a person who is being asked is waited for, though the old token is still valid", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    await clock.advance(56 * MINUTE);
    flow.onSilent = (request) =>
      Promise.reject(new AuthenticationRequiredError({ what: "revoked", scopes: request.scopes }));
    const prompt = held<TokenAnswer>();
    flow.onPrompt = (request) => prompt.wait(request.signal);
    const call = engine.getToken(ARM);
    await clock.advance(3000);
    prompt.resolve(flow.answer(flow.prompts.at(-1)!));
    expect((await call).token).not.toBe(first.token);
  });

  test("when the authority wants the person, the prompt shows what it wants", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    flow.onSilent = (request) =>
      Promise.reject(
        new AuthenticationRequiredError({
          what: "A second factor is needed",
          scopes: request.scopes,
          claims: CLAIMS,
        }),
      );
    await engine.getToken(STORAGE);
    expect(flow.prompts.length).toBe(2);
    expect(flow.prompts[1]).toMatchObject({ claims: CLAIMS, loginHint: ADA.username });
  });
});

describe("claims", () => {
  test("a claims challenge goes to the authority once; the new token is kept, the claims are forgotten", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    const challenged = await engine.getToken(ARM, { claims: CLAIMS });
    const later = await times(20, () => engine.getToken(ARM));
    expect(challenged.token).not.toBe(first.token);
    expect(new Set(later.map(({ token }) => token))).toEqual(new Set([challenged.token]));
    expect(flow.silentRequests.map(({ claims }) => claims)).toEqual([undefined, CLAIMS]);
  });

  test.each(["not json", "[]", "null", '"text"'])(
    "claims that are no JSON object are refused: %s",
    async (claims) => {
      await expect(engineWith().getToken(ARM, { claims })).rejects.toMatchObject({
        name: "TypeError",
        code: "ERR_INVALID_ARG_VALUE",
      });
      expect(flow.prompts.length).toBe(0);
    },
  );
});

describe("automatic authentication switched off", () => {
  test("getToken never prompts and says what authenticate() needs", async () => {
    const engine = engineWith({ disableAutomaticAuthentication: true });
    const reason = new AuthenticationError({ code: "service", what: "The grant was revoked", aadsts: 50173 });
    flow.onSilent = (request) =>
      Promise.reject(
        new AuthenticationRequiredError({
          what: "x",
          scopes: request.scopes,
          claims: CLAIMS,
          cause: reason,
          aadsts: 50173,
        }),
      );
    const options = { enableCae: true };
    await expect(engine.getToken(ARM, options)).rejects.toMatchObject({
      name: "AuthenticationRequiredError",
      code: "authentication_required",
      scopes: [ARM],
      claims: CLAIMS,
      getTokenOptions: options,
      cause: reason,
      aadsts: 50173,
    });
    expect(flow.prompts.length).toBe(0);
  });

  test("authenticate() prompts, and then getToken is silent", async () => {
    const engine = engineWith({ disableAutomaticAuthentication: true });
    expect(await engine.authenticate()).toEqual(ADA);
    expect(flow.prompts[0]!.scopes).toEqual([ARM]);
    await engine.getToken(ARM);
    await engine.getToken(STORAGE, { enableCae: true });
    expect(flow.prompts.length).toBe(1);
  });
});

test("whoever waits for accounts or a sign-out keeps the process alive, too", async () => {
  const heartbeats = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = heartbeats();
  const engine = engineWith();
  const accounts = held<[]>();
  flow.accounts = () => accounts.wait(new AbortController().signal);
  const calls = [engine.accounts(), engine.signOut()];
  expect(heartbeats()).toBe(before + 2);
  accounts.resolve([]);
  await Promise.all(calls);
  expect(heartbeats()).toBe(before);
});

describe("the person", () => {
  test("after a cancel getToken does not ask again for the cool-down, authenticate() does", async () => {
    const engine = engineWith();
    flow.onPrompt = () => Promise.reject(cancelled());
    await expect(engine.getToken(ARM)).rejects.toMatchObject({
      code: "user_cancelled",
      name: "AuthenticationError",
    });
    await clock.advance(3000);
    await expect(engine.getToken(ARM)).rejects.toMatchObject({
      code: "user_cancelled",
      detail: "prompt_cooldown",
      retryAfterInMs: 27_000,
    });
    await expect(engine.getToken(STORAGE)).rejects.toMatchObject({ code: "user_cancelled" });
    expect(flow.prompts.length).toBe(1);
    await expect(engine.authenticate()).rejects.toMatchObject({ code: "user_cancelled" });
    expect(flow.prompts.length).toBe(2);
    await clock.advance(31_000);
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ code: "user_cancelled" });
    expect(flow.prompts.length).toBe(3);
  });

  test("all who waited for a cancelled prompt hear of it; none asks again", async () => {
    const engine = engineWith();
    const prompt = held<TokenAnswer>();
    flow.onPrompt = (request) => prompt.wait(request.signal);
    const calls = [ARM, STORAGE, "api://x/.default"].map((scope) => engine.getToken(scope));
    const outcomes = Promise.allSettled(calls);
    await prompt.started;
    await clock.advance(0);
    prompt.reject(cancelled());
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "user_cancelled" } });
    expect(flow.prompts.length).toBe(1);
  });

  test("a cool-down of 0 lets the next call ask", async () => {
    const engine = engineWith({ promptCooldownInMs: 0 });
    flow.onPrompt = () => Promise.reject(cancelled());
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ code: "user_cancelled" });
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ code: "user_cancelled" });
    expect(flow.prompts.length).toBe(2);
  });

  test("a person who never comes back: typed timeout on time, even if the flow does not listen", async () => {
    const engine = engineWith({ timeoutInMs: 12_000 });
    flow.onPrompt = () => new Promise(() => {});
    const call = engine.getToken(ARM);
    const outcome = expect(call).rejects.toMatchObject({
      code: "timeout",
      detail: "interactive_timeout",
      name: "AuthenticationError",
    });
    await clock.advance(12_000);
    await outcome;
    expect(
      events.filter(({ type }) => type === "waiting").map((event) => "seconds" in event && event.seconds),
    ).toEqual([5, 10]);
    expect(clock.pending).toBe(0);
  });

  test("authenticate({ timeoutInMs }) limits that call only", async () => {
    const engine = engineWith();
    flow.onPrompt = () => new Promise(() => {});
    const outcome = expect(engine.authenticate(ARM, { timeoutInMs: 1000 })).rejects.toMatchObject({
      code: "timeout",
    });
    await clock.advance(1000);
    await outcome;
  });

  test("authenticate() is silent where it can be; forcePrompt asks at any rate", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    await engine.authenticate();
    expect(flow.prompts.length).toBe(1);
    await engine.authenticate(ARM, { forcePrompt: true });
    expect(flow.prompts.length).toBe(2);
  });
});

describe("whose token", () => {
  test("another account than the record's is refused and its token dropped", async () => {
    const engine = engineWith({ authenticationRecord: ADA });
    flow.onSilent = (request) =>
      Promise.reject(new AuthenticationRequiredError({ what: "x", scopes: request.scopes }));
    flow.onPrompt = async (request) => flow.answer(request, { account: BOB });
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ code: "account_mismatch" });
    expect(flow.prompts[0]).toMatchObject({ account: ADA, loginHint: ADA.username });
  });

  test("a silent answer for another account is refused", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    flow.onSilent = async (request) => flow.answer(request, { account: BOB });
    await expect(engine.getToken(STORAGE)).rejects.toMatchObject({ code: "account_mismatch" });
  });

  test("a token of another tenant than the asked one is refused", async () => {
    const tenantId = "22222222-2222-4222-8222-222222222222";
    const engine = engineWith({ tenantId });
    flow.onPrompt = async (request) => flow.answer(request, { tenantId: ADA.tenantId });
    await expect(engine.getToken(ARM)).rejects.toMatchObject({
      code: "account_mismatch",
      detail: "tenant_mismatch",
    });
  });

  test("a person who picks another account at a later prompt takes the old tokens along", async () => {
    const engine = engineWith();
    const ada = await engine.getToken(ARM);
    flow.onPrompt = async (request) => flow.answer(request, { account: BOB });
    await engine.authenticate(STORAGE, { forcePrompt: true });
    flow.signedIn = BOB;
    expect((await engine.getToken(ARM)).token).not.toBe(ada.token);
  });

  test("a login hint suggests; with another prompt than the picker it binds to whom it is known to mean", async () => {
    const hint = { loginHint: BOB.username };
    await engineWith(hint).getToken(ARM);
    flow.signedIn = undefined;
    // Bob's other name, for all that is known.
    await engineWith({ ...hint, prompt: "login" }).getToken(ARM);
    flow.signedIn = undefined;
    const knowing = Object.assign(flow, { accountOf: async () => BOB });
    const binding = engineWith({ ...hint, prompt: "login" });
    await expect(binding.getToken(ARM)).rejects.toMatchObject({ code: "account_mismatch" });
    knowing.onPrompt = async (request) => flow.answer(request, { account: { ...BOB, username: "robert" } });
    await binding.authenticate(ARM);
  });

  test("after signing out a person is asked, though the cache has other accounts", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    await engine.signOut();
    flow.signedIn = BOB;
    await engine.getToken(ARM);
    expect(flow.prompts.length).toBe(2);
  });

  test("the account of a sign-out is the same in capital letters, as GUIDs are", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    await engine.signOut({ ...ADA, homeAccountId: ADA.homeAccountId.toUpperCase() });
    flow.signedIn = BOB;
    await engine.getToken(ARM);
    expect(flow.prompts.length).toBe(2);
  });

  test("after signing out in one credential, another with the same token cache serves nothing from memory", async () => {
    const tokenCache = memoryTokenCache();
    const [one, other, stranger] = [engineWith({ tokenCache }), engineWith({ tokenCache }), engineWith()];
    await one.getToken(ARM);
    const first = await other.getToken(ARM);
    const strangers = await stranger.getToken(ARM);
    await one.signOut();
    expect(await stranger.getToken(ARM)).toBe(strangers);
    await expect(other.authenticate(ARM)).resolves.toEqual(ADA);
    expect([flow.prompts.length, (await other.getToken(ARM)).token !== first.token]).toEqual([2, true]);
    await one.authenticate(ARM);
    await other.signOut(BOB);
    expect(flow.prompts.length).toBe(3);
    const kept = await one.getToken(ARM);
    expect(await one.getToken(ARM)).toBe(kept);
  });

  test("after dispose no token is had, and nobody is asked", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    engine.dispose();
    engine.dispose();
    const refused = { name: "AuthenticationError", code: "unsupported", detail: "disposed" };
    await expect(engine.getToken(ARM)).rejects.toMatchObject(refused);
    await expect(engine.authenticate()).rejects.toMatchObject(refused);
    expect(flow.prompts.length).toBe(1);
  });

  test("an answer that arrives after the sign-out is dropped", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    const late = held<TokenAnswer>();
    flow.onSilent = () => {
      void late.wait(new AbortController().signal);
      return late.wait(new AbortController().signal);
    };
    const call = engine.getToken(STORAGE);
    const outcome = expect(call).rejects.toMatchObject({ name: "AbortError" });
    await late.started;
    await engine.signOut();
    await outcome;
    late.resolve(flow.answer(flow.silentRequests.at(-1)!));
    await clock.advance(0);
    await engine.getToken(STORAGE);
    expect(flow.prompts.length).toBe(2);
  });

  test("a sign-in that ends after the sign-out does not undo it", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    const late = held<TokenAnswer>();
    const { onPrompt } = flow;
    flow.onPrompt = () => late.wait(new AbortController().signal);
    const outcome = expect(engine.authenticate(ARM, { forcePrompt: true })).rejects.toMatchObject({
      name: "AbortError",
    });
    await late.started;
    await engine.signOut();
    await outcome;
    late.resolve(flow.answer(flow.prompts.at(-1)!));
    await clock.advance(0);
    flow.onPrompt = onPrompt;
    flow.signedIn = BOB;
    expect(await engine.authenticate(ARM)).toEqual(ADA);
    expect(flow.prompts.length).toBe(3);
  });
});

describe("what may be asked", () => {
  test.each([[[]], [""], [["a", ""]], [[1]], [undefined], [["with space inside"]], ["bad\nscope"]])(
    "scopes %j are refused with a TypeError",
    async (scopes) => {
      await expect(engineWith().getToken(scopes as string)).rejects.toMatchObject({ name: "TypeError" });
      expect(flow.prompts.length).toBe(0);
    },
  );

  test.each([
    ["options", 7],
    ["options", []],
    ["tenantId", { tenantId: 7 }],
    ["tenantId", { tenantId: null }],
    ["enableCae", { enableCae: "yes" }],
    ["abortSignal", { abortSignal: { aborted: false } }],
    ["abortSignal", { abortSignal: 7 }],
    ["claims", { claims: 7 }],
  ])("a wrong %s of a call (%o) is a TypeError that names it", async (option, options) => {
    const refused = { name: "TypeError", code: expect.stringMatching(/^ERR_INVALID_ARG_/) as string };
    for (const call of [
      engineWith().getToken(ARM, options as never),
      engineWith().authenticate(ARM, options as never),
    ]) {
      const error: unknown = await call.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ ...refused, message: expect.stringContaining(`"${option}"`) as string });
    }
    expect(flow.prompts.length).toBe(0);
  });

  test("a call without options may say so with null", async () => {
    const engine = engineWith();
    await engine.getToken(ARM, null as never);
    await engine.authenticate(undefined, null as never);
    await engine.getToken(STORAGE, { abortSignal: null } as never);
    expect(flow.prompts.length).toBe(1);
  });

  test("a tenant that is not allowed is refused before anything is asked", async () => {
    const engine = engineWith({ tenantId: ADA.tenantId, additionallyAllowedTenants: ["Fabrikam.example"] });
    await expect(engine.getToken(ARM, { tenantId: "other.example" })).rejects.toMatchObject({
      code: "tenant_not_allowed",
      name: "AuthenticationError",
    });
    expect([flow.prompts.length, flow.silentRequests.length]).toEqual([0, 0]);
    await engine.getToken(ARM, { tenantId: "fabrikam.EXAMPLE" });
    await engine.getToken(ARM, { tenantId: ADA.tenantId.toUpperCase() });
  });

  test("proof of possession is refused, never downgraded", async () => {
    const options = {
      proofOfPossessionOptions: { nonce: "n", resourceRequestMethod: "GET", resourceRequestUrl: "https://x" },
    };
    await expect(engineWith().getToken(ARM, options)).rejects.toMatchObject({
      code: "unsupported",
      detail: "proof_of_possession",
    });
  });
});

test("the rejection of an asynchronous onEvent is nobody's", async () => {
  const lines: string[] = [];
  const onEvent = (() => Promise.reject(new RangeError("progress bar"))) as () => void;
  const logger = createLogger("test", (line) => lines.push(line), { AZURE_LOG_LEVEL: "warning" });
  new EventSink(onEvent, logger).report({ type: "waiting", flow: "test", seconds: 5 });
  await new Promise((resolve) => setImmediate(resolve));
  expect(lines.join("")).toContain('onEvent threw (RangeError) at "waiting"');
});

test("no event carries a token, and a throwing onEvent breaks nothing", async () => {
  const settings = resolveSettings({});
  const seen: AuthenticationEvent[] = [];
  const sink = new EventSink(
    (event) => {
      seen.push(event);
      throw new Error("progress bar");
    },
    createLogger("test", () => {}),
  );
  const engine = new TokenEngine({ settings, flow, events: sink, clock });
  const { token } = await engine.getToken(ARM);
  await engine.getToken(ARM);
  expect(seen.map(({ type }) => type)).toEqual(["done", "silent_hit"]);
  expect(JSON.stringify(seen)).not.toContain(token);
});
