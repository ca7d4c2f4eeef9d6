import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, ScriptedFlow, held } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { EventSink } from "../events/event-sink.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { createLogger } from "../events/logger.ts";
import type { Flow, TokenAnswer } from "../flow/flow.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { TokenEngine } from "./token-engine.ts";

const ARM = "https://management.azure.com/.default";
const OTHER = "api://other/.default";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let clock: VirtualClock;
let flow: ScriptedFlow;
let events: AuthenticationEvent[];

beforeEach(() => {
  clock = virtualClock();
  flow = new ScriptedFlow(clock);
  events = [];
});

function engineWith(
  options: CredentialOptions & InteractiveOptions = {},
  { of = flow, heard = true, onDispose }: { of?: Flow; heard?: boolean; onDispose?: () => void } = {},
): TokenEngine {
  return new TokenEngine({
    settings: resolveSettings(options, { timeoutInMs: 5 * MINUTE }),
    flow: of,
    events: new EventSink(
      heard ? (event) => events.push(event) : undefined,
      createLogger("test", () => {}),
    ),
    clock,
    random: () => 0,
    ...(onDispose === undefined ? {} : { onDispose }),
  });
}

const typesOf = (): readonly string[] => events.map(({ type }) => type);
const offline = (): AuthenticationError =>
  new AuthenticationError({ code: "network", what: "x", retryable: true });

describe("the silent request", () => {
  test("names nobody before somebody has signed in, and then the account", async () => {
    const engine = engineWith({ loginHint: "ada" });
    await engine.getToken(ARM);
    await engine.getToken(OTHER);
    expect(flow.silentRequests).toMatchObject([
      { scopes: [ARM], loginHint: "ada", background: false, enableCae: false },
      { scopes: [OTHER], account: ADA, background: false },
    ]);
    expect(flow.silentRequests[0]).not.toHaveProperty("account");
    expect(flow.silentRequests[0]).not.toHaveProperty("explicit");
    expect(flow.silentRequests[0]).not.toHaveProperty("claims");
    expect(events.filter(({ type }) => type === "refresh")).toEqual([
      { type: "refresh", flow: "scripted", scopes: [OTHER], background: false },
    ]);
  });

  test("says that the caller wants to sign in, where it does", async () => {
    await engineWith().authenticate(ARM);
    expect(flow.silentRequests).toMatchObject([{ explicit: true, background: false }]);
    expect(flow.silentRequests[0]).not.toHaveProperty("loginHint");
  });

  test("that nobody waits for keeps no process alive; nor does one for who holds a token", async () => {
    const engine = engineWith();
    flow.onPrompt = async (request) => {
      flow.signedIn = ADA;
      return flow.answer(request, { refreshAfterTimestamp: clock.now() + MINUTE });
    };
    await engine.getToken(ARM);
    await clock.advance(2 * MINUTE);
    await engine.getToken(ARM);
    await clock.advance(0);
    expect(flow.silentRequests.at(-1)).toMatchObject({ background: true });
    expect(events.at(-2)).toMatchObject({ type: "refresh", background: true });
    await clock.advance(57 * MINUTE);
    await engine.getToken(ARM);
    expect(flow.silentRequests.at(-1)).toMatchObject({ background: true });
    expect(events.findLast(({ type }) => type === "refresh")).toMatchObject({ background: false });
  });
});

describe("the prompt", () => {
  test("is for who is known, with what the caller has set, until the person's time is over", async () => {
    const engine = engineWith({ prompt: "login" });
    await engine.getToken(ARM);
    expect(flow.prompts[0]).toMatchObject({ scopes: [ARM], prompt: "login" });
    expect(flow.prompts[0]?.expiresOn).toEqual(new Date(clock.now() + 5 * MINUTE));
    expect(flow.prompts[0]).not.toHaveProperty("loginHint");
    expect(flow.prompts[0]).not.toHaveProperty("explicit");
    flow.prompts[0]?.report({ type: "waiting", flow: "x", seconds: 1 });
    expect(events.at(-1)).toEqual({ type: "waiting", flow: "x", seconds: 1 });
    await engine.authenticate(ARM, { forcePrompt: true, timeoutInMs: 1000 });
    expect(flow.prompts[1]).toMatchObject({ loginHint: ADA.username, explicit: true });
    expect(flow.prompts[1]?.expiresOn).toEqual(new Date(clock.now() + 1000));
  });

  test("is for the record's account, or the hint, whoever has signed in since", async () => {
    const hinted = engineWith({ loginHint: "Bob" });
    await hinted.getToken(ARM);
    await hinted.authenticate(ARM, { forcePrompt: true });
    expect(flow.prompts.map(({ loginHint }) => loginHint)).toEqual(["Bob", "Bob"]);
    expect(flow.prompts[1]).not.toHaveProperty("prompt");
    flow.signedIn = undefined;
    await engineWith({ authenticationRecord: ADA }).authenticate(ARM, { forcePrompt: true });
    expect(flow.prompts[2]).toMatchObject({ account: ADA, loginHint: ADA.username });
  });

  test("is waited for, which is told every five seconds, and what it came to", async () => {
    const engine = engineWith();
    const person = held<TokenAnswer>();
    flow.onPrompt = (request) => person.wait(request.signal);
    const asked = engine.getToken(ARM);
    await clock.advance(10_000);
    expect(events.filter(({ type }) => type === "waiting")).toEqual([
      { type: "waiting", flow: "scripted", seconds: 5 },
      { type: "waiting", flow: "scripted", seconds: 10 },
    ]);
    flow.signedIn = ADA;
    person.resolve(flow.answer(flow.prompts[0]!));
    await asked;
    expect(events.at(-1)).toEqual({
      type: "done",
      flow: "scripted",
      scopes: [ARM],
      interactive: true,
      username: ADA.username,
    });
  });

  test("has no end where nobody has set one", async () => {
    const settings = resolveSettings({});
    const sink = new EventSink(
      undefined,
      createLogger("test", () => {}),
    );
    await new TokenEngine({ settings, flow, events: sink, clock }).getToken(ARM);
    expect(flow.prompts[0]).not.toHaveProperty("expiresOn");
  });

  test("asks for what the caller must satisfy, where the authority says nothing else", async () => {
    const claims = '{"a":1}';
    await engineWith().getToken(ARM, { claims });
    expect(flow.prompts[0]?.claims).toBe(claims);
  });

  test("takes an account that was made anew only where the caller has asked for a sign-in", async () => {
    const anew = { ...ADA, homeAccountId: "ada2.home" };
    flow.onPrompt = async (request) => flow.answer(request, { account: anew });
    const engine = engineWith({ authenticationRecord: ADA });
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ detail: "account_recreated" });
    expect(await engine.authenticate(ARM)).toEqual(anew);
  });

  test("that fails is told once, however many have waited for it", async () => {
    const engine = engineWith();
    const error = new AuthenticationError({ code: "user_cancelled", what: "x" });
    flow.onPrompt = () => Promise.reject(error);
    const calls = [engine.getToken(ARM), engine.getToken(ARM)];
    for (const call of calls) await expect(call).rejects.toBe(error);
    expect(events.filter(({ type }) => type === "failed")).toEqual([
      { type: "failed", flow: "scripted", error },
    ]);
  });

  test("says what to do when the person's time is over, where the flow knows", async () => {
    flow.onPrompt = (request) => {
      request.explainTimeout?.(() => "Look behind the other window");
      return held<TokenAnswer>().wait(request.signal);
    };
    const asked = engineWith()
      .getToken(ARM)
      .catch((error: unknown) => error);
    await clock.advance(5 * MINUTE);
    expect(await asked).toMatchObject({ code: "timeout", hint: "Look behind the other window" });
  });

  test("asks for what the authority has said it wants to see", async () => {
    const claims = '{"access_token":{"acrs":{"value":"c1"}}}';
    flow.onSilent = () => Promise.reject(new AuthenticationRequiredError({ what: "x", scopes: [], claims }));
    await engineWith().getToken(ARM);
    expect(flow.prompts[0]?.claims).toBe(claims);
  });

  test("comes after the flow has found out by what it asks, and not where that fails", async () => {
    const steps: string[] = [];
    let fault: Error | undefined;
    const preparing: Flow = {
      name: "prepared",
      prepare: async () => {
        steps.push("prepare");
        if (fault) throw fault;
      },
      silent: (request) => (steps.push("silent"), flow.silent(request)),
      interactive: (request) => (steps.push("interactive"), flow.interactive(request)),
      accounts: () => flow.accounts(),
      signOut: () => flow.signOut(),
    };
    await engineWith({}, { of: preparing }).getToken(ARM);
    expect(steps).toEqual(["prepare", "silent", "interactive"]);
    fault = offline();
    await expect(engineWith({}, { of: preparing }).getToken(ARM)).rejects.toBe(fault);
    expect(steps).toEqual(["prepare", "silent", "interactive", "prepare"]);
  });
});

describe("whom the hint is known to mean", () => {
  test.each([
    ["login", BOB, true],
    ["login", ADA, false],
    ["select_account", BOB, false],
    [undefined, BOB, false],
  ] as const)("binds with the prompt %s to %o: refused: %s", async (prompt, meant, refused) => {
    const asked: string[] = [];
    const knowing = Object.assign(new ScriptedFlow(clock), {
      accountOf: async (hint: string) => (asked.push(hint), meant),
    });
    const engine = engineWith(
      { loginHint: "Ada", ...(prompt === undefined ? {} : { prompt }) },
      { of: knowing },
    );
    const signedIn = engine.authenticate(ARM, { forcePrompt: true });
    if (refused) await expect(signedIn).rejects.toMatchObject({ code: "account_mismatch" });
    else expect(await signedIn).toEqual(ADA);
    expect(asked).toEqual(prompt === "login" ? ["Ada"] : []);
  });

  test("is not looked for without a hint", async () => {
    const knowing = Object.assign(new ScriptedFlow(clock), { accountOf: async () => expect.unreachable() });
    expect(await engineWith({ prompt: "login" }, { of: knowing }).authenticate(ARM)).toEqual(ADA);
  });
});

describe("memory", () => {
  test("tells of its hits where somebody wants to hear of each", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    events.length = 0;
    await engine.getToken(ARM);
    await engine.getToken([ARM]);
    await engine.getToken([ARM, "openid"]);
    const hit = { type: "silent_hit", flow: "scripted", source: "memory", scopes: [ARM] };
    expect(events).toEqual([hit, hit, hit]);
    const quiet = engineWith({}, { heard: false });
    await quiet.getToken(ARM);
    expect((await quiet.getToken([ARM, "openid"])).token).toBe((await quiet.getToken(ARM)).token);
  });

  test("serves nobody who asks for something that it does not know, or has aborted", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    await expect(engine.getToken(ARM, { unknown: 1 } as never)).rejects.toThrow('"unknown"');
    await expect(engine.getToken(ARM, { proofOfPossessionOptions: {} } as never)).rejects.toMatchObject({
      code: "unsupported",
    });
    const aborted = engine.getToken(ARM, { abortSignal: AbortSignal.abort("enough") });
    await expect(aborted).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
    await expect(engine.authenticate(ARM, { unknown: 1 } as never)).rejects.toThrow('"unknown"');
    await expect(engine.authenticate(ARM, { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(flow.silentRequests.length).toBe(1);
  });

  test("serves each what it asked for, and nobody what another one did", async () => {
    const engine = engineWith({ additionallyAllowedTenants: ["*"] });
    const calls = [{}, { enableCae: true }, { tenantId: "contoso.example" }];
    const first = [];
    for (const options of calls) first.push(await engine.getToken(ARM, options));
    expect(new Set(first).size).toBe(3);
    for (const [at, options] of calls.entries()) expect(await engine.getToken(ARM, options)).toBe(first[at]);
    expect(flow.silentRequests.length).toBe(3);
  });

  test("serves nothing of an account that another credential of the token cache has signed out", async () => {
    const tokenCache = memoryTokenCache();
    const other = new ScriptedFlow(clock);
    const [one, two] = [engineWith({ tokenCache }), engineWith({ tokenCache }, { of: other })];
    await one.getToken(ARM);
    const { token } = await two.getToken(ARM);
    await one.signOut();
    expect((await two.getToken(ARM)).token).not.toBe(token);
  });

  test("names the option of authenticate() that is wrong", async () => {
    const engine = engineWith();
    await expect(engine.authenticate(ARM, { timeoutInMs: -1 })).rejects.toThrow('"timeoutInMs"');
    await expect(engine.authenticate(ARM, { forcePrompt: "yes" as never })).rejects.toThrow('"forcePrompt"');
  });

  test("does not answer a claims challenge, nor authenticate() with one, or that must ask", async () => {
    const engine = engineWith();
    const record = await engine.authenticate(ARM);
    expect(await engine.authenticate(ARM)).toEqual(record);
    expect([flow.silentRequests.length, flow.prompts.length]).toEqual([1, 1]);
    await engine.getToken(ARM, { claims: "{}" });
    await engine.authenticate(ARM, { claims: "{}" });
    expect(flow.silentRequests.map(({ claims }) => claims)).toEqual([undefined, "{}", "{}"]);
    await engine.authenticate(ARM, { forcePrompt: true });
    expect(flow.prompts.length).toBe(2);
    expect(flow.silentRequests.length).toBe(3);
  });
});

describe("a renewal in the background", () => {
  beforeEach(() => {
    flow.onPrompt = async (request) => {
      flow.signedIn = ADA;
      return flow.answer(request, { refreshAfterTimestamp: clock.now() + MINUTE });
    };
  });

  test("that fails is told, tried again after half a minute, and costs no call", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    const error = offline();
    flow.onSilent = () => Promise.reject(error);
    await clock.advance(MINUTE);
    expect(await engine.getToken(ARM)).toBe(first);
    await clock.advance(0);
    expect(events.filter(({ type }) => type === "refresh_failed")).toEqual([
      { type: "refresh_failed", flow: "scripted", error },
    ]);
    const tries = flow.silentRequests.length;
    await clock.advance(29_000);
    expect(await engine.getToken(ARM)).toBe(first);
    expect(flow.silentRequests.length).toBe(tries);
    await clock.advance(1000);
    await engine.getToken(ARM);
    await clock.advance(0);
    expect(flow.silentRequests.length).toBe(tries + 1);
  });

  test("ends with the credential", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    flow.onSilent = (request) => held<TokenAnswer>().wait(request.signal);
    await clock.advance(MINUTE);
    await engine.getToken(ARM);
    await clock.advance(0);
    expect(flow.silentRequests.at(-1)?.signal.aborted).toBe(false);
    engine.dispose();
    expect(flow.silentRequests.at(-1)?.signal.aborted).toBe(true);
  });

  test("that brings a good token is not repeated before that is due", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    await clock.advance(MINUTE);
    await engine.getToken(ARM);
    await clock.advance(2 * MINUTE);
    await engine.getToken(ARM);
    await clock.advance(0);
    expect(flow.silentRequests.length).toBe(2);
  });

  test("that brings a token which is due at once is not repeated at each call", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    flow.onSilent = async (request) => flow.answer(request, { refreshAfterTimestamp: clock.now() });
    await clock.advance(MINUTE);
    for (let calls = 0; calls < 5; calls += 1) {
      await engine.getToken(ARM);
      await clock.advance(0);
    }
    expect(flow.silentRequests.length).toBe(2);
  });
});

describe("a token that is still valid", () => {
  test("is served after a second and a half, and sooner where little is left of it", async () => {
    for (const [left, patience] of [
      [4 * MINUTE, 1500],
      [2000, 1000],
    ] as const) {
      const engine = engineWith();
      const first = await engine.getToken(ARM);
      await clock.advance(HOUR - left);
      const { onSilent } = flow;
      flow.onSilent = (request) => held<TokenAnswer>().wait(request.signal);
      let served: unknown;
      const call = engine.getToken(ARM).then((token) => (served = token));
      await clock.advance(patience - 1);
      expect(served).toBeUndefined();
      await clock.advance(1);
      await call;
      expect(served).toBe(first);
      flow.onSilent = onSilent;
      flow.signedIn = undefined;
      engine.dispose();
    }
  });

  test("is served where its renewal fails, which is told, and no timer stays", async () => {
    const engine = engineWith();
    const first = await engine.getToken(ARM);
    await clock.advance(56 * MINUTE);
    flow.onSilent = () => Promise.reject(offline());
    expect(await engine.getToken(ARM)).toBe(first);
    expect(typesOf()).toContain("refresh_failed");
    expect(events.find(({ type }) => type === "refresh_failed")).toMatchObject({
      flow: "scripted",
      error: { code: "network" },
    });
    expect(clock.pending).toBe(0);
  });
});

describe("the end of a credential", () => {
  test("lets go of what the flow keeps open, ends what is under way, and serves nobody", async () => {
    let ended = 0;
    const engine = engineWith({}, { onDispose: () => (ended += 1) });
    await engine.getToken(ARM);
    flow.onSilent = (request) => held<TokenAnswer>().wait(request.signal);
    const underWay = engine.getToken(OTHER).catch((error: unknown) => error);
    await clock.advance(0);
    engine.dispose();
    expect(await underWay).toMatchObject({
      name: "AbortError",
      cause: { message: "The credential was disposed." },
    });
    expect(ended).toBe(1);
    const disposed = { code: "unsupported", detail: "disposed" };
    await expect(engine.getToken(ARM)).rejects.toMatchObject(disposed);
    await expect(engine.authenticate(ARM)).rejects.toMatchObject(disposed);
    engineWith().dispose();
  });
});

test("a call ends with the credential also before anything was asked", async () => {
  const preparing = Object.assign(new ScriptedFlow(clock), { prepare: () => new Promise<void>(() => {}) });
  const engine = engineWith({}, { of: preparing });
  const call = engine.getToken(ARM).catch((error: unknown) => error);
  await clock.advance(0);
  engine.dispose();
  expect(await call).toMatchObject({ name: "AbortError" });
});

test("calls with other scopes and another limit are other calls, however they are written", async () => {
  const engine = engineWith();
  await Promise.all([
    engine.authenticate("2a", { timeoutInMs: 1 }),
    engine.authenticate("a", { timeoutInMs: 12 }),
  ]);
  expect(new Set(flow.silentRequests.map(({ scopes }) => scopes[0]))).toEqual(new Set(["2a", "a"]));
});

describe("a sign-out", () => {
  test("without a name is of who is signed in, else of whom the flow knows by the hint, else of the first", async () => {
    const gone: unknown[] = [];
    const knowing = Object.assign(new ScriptedFlow(clock), {
      // Not asked for without a hint.
      accountOf: async (hint: string) => (hint.toLowerCase() === "bob" ? BOB : undefined),
      accounts: async () => [ADA, BOB],
      signOut: async (...given: unknown[]) => void gone.push(given),
    });
    await engineWith({ loginHint: "Bob" }, { of: knowing }).signOut();
    await engineWith({}, { of: knowing }).signOut();
    await engineWith({ loginHint: "eve@contoso.example" }, { of: knowing }).signOut();
    const engine = engineWith({}, { of: knowing });
    await engine.authenticate(ARM);
    await engine.signOut();
    await engine.signOut(BOB);
    await engineWith({ loginHint: "ada" }).signOut();
    expect(gone).toEqual([
      [BOB, { named: false }],
      [ADA, { named: false }],
      [ADA, { named: false }],
      [BOB, { named: true }],
    ]);
  });

  test("without a name asks who there is to be signed out, and fails where that cannot be told", async () => {
    const purposes: unknown[] = [];
    const unreadable = Object.assign(new ScriptedFlow(clock), {
      accounts: (purpose: unknown) => (purposes.push(purpose), Promise.reject(new Error("Out of reach"))),
    });
    await expect(engineWith({}, { of: unreadable }).signOut()).rejects.toThrow("Out of reach");
    await expect(engineWith({ loginHint: "ada" }, { of: unreadable }).signOut()).rejects.toThrow(
      "Out of reach",
    );
    expect(purposes).toEqual([{ toSignOut: true }, { toSignOut: true }]);
  });

  test("of another account leaves who is signed in", async () => {
    const engine = engineWith();
    const { token } = await engine.getToken(ARM);
    await engine.signOut(BOB);
    expect((await engine.getToken(ARM)).token).toBe(token);
    await expect(engine.signOut({} as never)).rejects.toThrow('"account"');
  });

  test("ends what is under way, and says why", async () => {
    const engine = engineWith();
    await engine.getToken(ARM);
    flow.onSilent = (request) => held<TokenAnswer>().wait(request.signal);
    const underWay = engine.getToken(OTHER).catch((error: unknown) => error);
    await clock.advance(0);
    await engine.signOut();
    expect(await underWay).toMatchObject({
      name: "AbortError",
      cause: { message: "The account was signed out." },
    });
  });
});

test("accounts are copies, which a caller may do with as it likes", async () => {
  const engine = engineWith();
  await engine.authenticate(ARM);
  const [account] = await engine.accounts();
  expect(account).toEqual(ADA);
  expect(account).not.toBe(ADA);
});

test("where no way is given to say it, an interactive sign-in is for the cloud's own resource", async () => {
  await engineWith({ authorityHost: "https://login.microsoftonline.us" }).authenticate();
  expect(flow.prompts[0]?.scopes).toEqual(["https://management.usgovcloudapi.net/.default"]);
});
