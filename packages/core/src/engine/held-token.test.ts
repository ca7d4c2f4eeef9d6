import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, ScriptedFlow, held } from "../../test/scripted-flow.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { EventSink } from "../events/event-sink.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { createLogger } from "../events/logger.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { TokenEngine } from "./token-engine.ts";

const ARM = "https://management.azure.com/.default";
const LIFE_IN_MS = 3_600_000;

let clock: VirtualClock;
let flow: ScriptedFlow;
let events: AuthenticationEvent[];
let engine: TokenEngine;

beforeEach(() => {
  clock = virtualClock();
  flow = new ScriptedFlow(clock);
  flow.signedIn = ADA;
  events = [];
  const sink = new EventSink(
    (event) => events.push(event),
    createLogger("test", () => {}),
  );
  engine = new TokenEngine({
    settings: resolveSettings({}, { timeoutInMs: 300_000 }),
    flow,
    events: sink,
    clock,
    random: () => 0,
  });
});

describe("an expired token is never served", () => {
  test.each([1400, 500, 40, 1])("though its renewal hangs when it has %i ms left", async (left) => {
    const first = await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - left);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    let servedAt: number | undefined;
    const call = engine.getToken(ARM).then((token) => {
      servedAt = clock.now();
      return token;
    });
    for (let ms = 0; ms < 1600; ms += 1) await clock.advance(1);
    if (servedAt !== undefined) {
      expect(servedAt).toBeLessThan(first.expiresOnTimestamp);
      expect(await call).toBe(first);
    }
    renewal.resolve(flow.answer(flow.silentRequests.at(-1)!));
    await clock.advance(0);
    await call;
    expect((await engine.getToken(ARM)).token).not.toBe(first.token);
  });

  test("though its renewal meets a fault in the very moment of its end", async () => {
    const first = await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 10);
    const error = fault({ code: "network", retryable: true });
    flow.onSilent = () => {
      clock.setWall(first.expiresOnTimestamp);
      return Promise.reject(error);
    };
    await expect(engine.getToken(ARM)).rejects.toBe(error);
  });

  test("though the machine slept while its renewal hung", async () => {
    const first = await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 60_000);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    const call = engine.getToken(ARM);
    await clock.advance(1000);
    clock.setWall(clock.now() + LIFE_IN_MS);
    await clock.advance(1000);
    renewal.resolve(flow.answer(flow.silentRequests.at(-1)!));
    await clock.advance(0);
    expect((await call).token).not.toBe(first.token);
  });

  test("though the wall clock was set back", async () => {
    const first = await engine.getToken(ARM);
    clock.setWall(clock.now() - 24 * LIFE_IN_MS);
    await clock.advance(LIFE_IN_MS + 60_000);
    flow.onSilent = () => Promise.reject(fault({ code: "network", retryable: true }));
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ code: "network" });
    expect(first.expiresOnTimestamp).toBeGreaterThan(clock.now());
  });
});

const fault = (init: Pick<AuthenticationError, "code"> & Partial<AuthenticationError>): Error =>
  new AuthenticationError({ what: "It did not work", ...init } as never);

const ON_THE_WAY: readonly [string, () => Error][] = [
  ["a captive portal's page", () => fault({ code: "invalid_response", detail: "not_json" })],
  ["a redirect", () => fault({ code: "invalid_response", detail: "unexpected_redirect" })],
  ["an answer without a token", () => fault({ code: "invalid_response", detail: "access_token" })],
  ["a certificate of somebody else", () => fault({ code: "network", detail: "tls_failed" })],
  ["a proxy that is not usable", () => fault({ code: "network", detail: "proxy_invalid" })],
  ["silence", () => fault({ code: "timeout", detail: "request_timeout", retryable: true })],
  ["a proxy's refusal in JSON", () => fault({ code: "service", detail: "forbidden" })],
  ["a token cache that cannot be used", () => fault({ code: "cache", detail: "cache_no_encryption" })],
  ["no broker", () => fault({ code: "broker_unavailable" })],
  ["a module that cannot be loaded", () => Object.assign(new Error("x"), { code: "ERR_MODULE_NOT_FOUND" })],
];

const OF_THE_AUTHORITY: readonly [string, () => Error][] = [
  ["a policy", () => fault({ code: "conditional_access", detail: "message_only" })],
  ["a refusal with a number", () => fault({ code: "service", detail: "forbidden", aadsts: 7000112 })],
  ["a refusal by the protocol's word", () => fault({ code: "service", detail: "unauthorized_client" })],
  ["another account's token", () => fault({ code: "account_mismatch" })],
];

describe("a token that is still valid", () => {
  test.each(ON_THE_WAY)("is served when its renewal meets %s, which is told", async (_, make) => {
    const first = await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 120_000);
    const error = make();
    flow.onSilent = () => Promise.reject(error);
    expect(await engine.getToken(ARM)).toBe(first);
    expect(events.at(-1)).toMatchObject({ type: "refresh_failed", error });
    await clock.advance(121_000);
    await expect(engine.getToken(ARM)).rejects.toBe(error);
  });

  test.each(OF_THE_AUTHORITY)("is not served against the authority's own word: %s", async (_, make) => {
    await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 120_000);
    const error = make();
    flow.onSilent = () => Promise.reject(error);
    await expect(engine.getToken(ARM)).rejects.toBe(error);
  });

  test("is not served against the person's own word", async () => {
    await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 120_000);
    flow.onSilent = ({ scopes }) =>
      Promise.reject(new AuthenticationRequiredError({ what: "revoked", scopes }));
    flow.onPrompt = () => Promise.reject(fault({ code: "user_cancelled" }));
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ code: "user_cancelled" });
    await expect(engine.getToken(ARM)).rejects.toMatchObject({ detail: "prompt_cooldown" });
  });
});

describe("whoever was served with the present token has left the renewal", () => {
  test("and nobody is asked for it when the renewal needs a person after all; the next call asks", async () => {
    const first = await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 60_000);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    const call = engine.getToken(ARM);
    await clock.advance(1500);
    expect(await call).toBe(first);
    renewal.reject(new AuthenticationRequiredError({ what: "MFA", scopes: [ARM] }));
    await clock.advance(0);
    expect(flow.prompts.length).toBe(0);
    flow.onSilent = () => Promise.reject(new AuthenticationRequiredError({ what: "MFA", scopes: [ARM] }));
    expect((await engine.getToken(ARM)).token).not.toBe(first.token);
    expect(flow.prompts.length).toBe(1);
  });

  test("and a later abort of its signal does not end it for those who wait", async () => {
    const first = await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 4000);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    const served = new AbortController();
    const call = engine.getToken(ARM, { abortSignal: served.signal });
    await clock.advance(1500);
    expect(await call).toBe(first);
    await clock.advance(2500);
    const waiting = engine.getToken(ARM);
    await clock.advance(0);
    served.abort();
    renewal.resolve(flow.answer(flow.silentRequests.at(-1)!));
    await clock.advance(0);
    expect((await waiting).token).not.toBe(first.token);
  });

  test("as soon as it may: a person who is asked for something else meanwhile is waited for, and no longer", async () => {
    const first = await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 60_000);
    const person = held<TokenAnswer>();
    flow.onPrompt = (request) => person.wait(request.signal);
    const asked = engine.authenticate("https://storage.azure.com/.default", { forcePrompt: true });
    await clock.advance(0);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    let served: unknown;
    const call = engine.getToken(ARM).then((token) => (served = token));
    await clock.advance(10_000);
    expect(served).toBeUndefined();
    person.reject(fault({ code: "user_cancelled" }));
    await asked.catch(() => {});
    await clock.advance(1500);
    expect(served).toBe(first);
    await call;
    renewal.reject(fault({ code: "network", retryable: true }));
  });

  test("but never with the token of an account that another one has followed meanwhile", async () => {
    await engine.getToken(ARM);
    await clock.advance(LIFE_IN_MS - 60_000);
    const person = held<TokenAnswer>();
    flow.onPrompt = (request) => person.wait(request.signal);
    const other = engine.authenticate("https://storage.azure.com/.default", { forcePrompt: true });
    await clock.advance(0);
    const renewal = held<TokenAnswer>();
    flow.onSilent = (request) => renewal.wait(request.signal);
    const call = engine.getToken(ARM);
    await clock.advance(1000);
    flow.signedIn = BOB;
    person.resolve(flow.answer(flow.prompts[0]!));
    expect((await other).username).toBe(BOB.username);
    await clock.advance(10_000);
    flow.onSilent = async (request) => flow.answer(request);
    renewal.reject(fault({ code: "network", retryable: true }));
    await expect(call).rejects.toMatchObject({ code: "network" });
    expect((await engine.getToken(ARM)).token).toBe("token-3");
  });
});
