import type { AuthenticationEvent } from "@entrada/core";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  InteractiveBrowserBrokerCredential,
  type InteractiveBrowserBrokerCredentialOptions,
} from "../src/index.ts";
import { FakeWam, refused, type Outcome } from "./fake-wam.ts";
import { ARM, STORAGE, reasonOf } from "./flow-on-fake.ts";

let fake: FakeWam;
let events: AuthenticationEvent[];
beforeEach(() => {
  fake = new FakeWam();
  events = [];
});
const fallbacks = () => events.filter(({ type }) => type === "fallback");

describe("where there is no broker", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.trust();
  });
  afterEach(async () => {
    await emulator.person.settled();
    await emulator[Symbol.asyncDispose]();
  });
  const credentialWith = (
    options: InteractiveBrowserBrokerCredentialOptions = {},
  ): InteractiveBrowserBrokerCredential =>
    new InteractiveBrowserBrokerCredential({
      authorityHost: emulator.authorityHost,
      openBrowser: (url, context) => emulator.person.openBrowser(url, context),
      onEvent: (event) => events.push(event),
      ...options,
    });
  test.skipIf(process.platform === "win32")(
    "on this system, the browser signs in, and the event says why",
    async () => {
      const credential = credentialWith();
      const { token } = await credential.getToken(ARM);
      expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(fallbacks()).toEqual([
        {
          type: "fallback",
          flow: "broker",
          to: "browser",
          reason: expect.stringMatching(/^(no_session_bus|authority_unsupported|broker_missing|wsl|macos)$/),
        },
      ]);
      await emulator.person.settled();
      expect(emulator.person.visits).toHaveLength(1);
    },
  );

  test("the browser's sign-in serves everything else, and the reason is told once", async () => {
    fake.probeResult = { ...fake.probeResult, available: false, reason: "session_zero" };
    const credential = credentialWith({ transport: fake });
    await Promise.all([credential.getToken(ARM), credential.getToken(STORAGE)]);
    await credential.getToken(STORAGE, { enableCae: true });
    const accounts = await credential.accounts();
    expect(accounts.map(({ username }) => username)).toEqual([emulator.defaults.account.username]);
    await credential.signOut();
    expect(await credential.accounts()).toEqual([]);
    await emulator.person.settled();
    expect(emulator.person.visits).toHaveLength(1);
    expect(fallbacks()).toMatchObject([{ reason: "session_zero" }]);
    expect(fake.calls).toEqual([]);
  });

  test("browserFallback never: an error that chains go on from, and no browser", async () => {
    fake.probeResult = { ...fake.probeResult, available: false, reason: "service_disabled" };
    const credential = credentialWith({ transport: fake, browserFallback: "never" });
    for (const call of [credential.getToken(ARM), credential.authenticate(), credential.accounts()]) {
      expect(await reasonOf(call)).toMatchObject({
        name: "CredentialUnavailableError",
        code: "broker_unavailable",
        detail: "service_disabled",
        hint: expect.stringContaining("TokenBroker"),
      });
    }
    expect(fallbacks()).toEqual([]);
    expect(emulator.person.visits).toEqual([]);
  });

  test("an authority that Windows does not serve goes to the browser without Windows being asked", async () => {
    await credentialWith({ transport: fake }).getToken(ARM);
    expect(fallbacks()).toMatchObject([{ reason: "authority_unsupported" }]);
    expect(fake.calls).toEqual([]);
  });

  test("disableInteractiveFallback keeps the browser closed, too", async () => {
    const credential = credentialWith({ disableInteractiveFallback: true });
    expect(await reasonOf(credential.getToken(ARM))).toMatchObject({ code: "authentication_required" });
    expect(await reasonOf(credential.authenticate())).toMatchObject({ code: "authentication_required" });
    expect(emulator.person.visits).toEqual([]);
  });

  test("the person's no in the browser is the person's no", async () => {
    emulator.person.script({ action: "decline" });
    const error = await reasonOf(credentialWith().getToken(ARM));
    expect(["access_denied", "user_cancelled"]).toContain(error["code"]);
  });
});

/** The public cloud, which Windows serves; the browser is only counted, nothing is contacted. */
describe("a broker that is there", () => {
  let opened = 0;
  let noBrowser: AbortController;
  const onWindows = (options: InteractiveBrowserBrokerCredentialOptions = {}) => {
    opened = 0;
    noBrowser = new AbortController();
    return new InteractiveBrowserBrokerCredential({
      transport: fake,
      onEvent: (event) => events.push(event),
      openBrowser: () => {
        opened += 1;
        noBrowser.abort();
      },
      fetch: async () => {
        throw new Error("No network here.");
      },
      ...options,
    });
  };

  // What leads to the browser, and what never does.
  test.each<[string, Outcome, string, string | undefined]>([
    ["the provider is missing", refused(4), "aborted", "provider_unavailable"],
    ["run as another user", refused(5, 0x80070520), "aborted", "no_logon_session"],
    ["the service is disabled", { fails: { hresult: 0x80070422 } }, "aborted", "service_disabled"],
    ["the class is missing", { fails: { hresult: 0x80040154 } }, "aborted", "wam_missing"],
    [
      "no provider for the authority",
      { fails: { code: "WAM_PROVIDER_NOT_FOUND" } },
      "aborted",
      "provider_unavailable",
    ],
    ["the person says no", refused(1), "user_cancelled", undefined],
    ["the token broker reports a no", refused(5, 0xcaab0002), "user_cancelled", undefined],
    ["a policy refuses", refused(5, 0xcaa20004, "AADSTS53003"), "conditional_access", undefined],
    ["the person must still act", refused(3), "service", undefined],
    ["the registration is wrong", refused(5, 0xcaa20009), "service", undefined],
    ["there is no network", refused(5, 0xcaa82ee7), "network", undefined],
    ["the server is busy", refused(5, 0xcaa20005), "network", undefined],
    ["Windows hiccups", refused(5, 0xcaad0001), "network", undefined],
    ["something unknown happens", refused(5, 0xdeadbeef), "service", undefined],
    ["the status is unknown", refused(6), "service", undefined],
    ["the answer is junk", { junk: undefined }, "invalid_response", undefined],
  ])("%s", async (_, outcome, code, fallback) => {
    fake.script("request", outcome);
    const credential = onWindows();
    // Nobody signs in with the browser that takes over: that it was opened says that it was its turn.
    const error = await reasonOf(credential.getToken(ARM, { abortSignal: noBrowser.signal }));
    expect(error).toMatchObject(code === "aborted" ? { name: "AbortError" } : { code });
    expect(fallbacks().map((event) => event.type === "fallback" && event.reason)).toEqual(
      fallback === undefined ? [] : [fallback],
    );
    expect(opened).toBe(fallback === undefined ? 0 : 1);
  });

  test("stays the broker after a no, and the browser stays closed for the next call", async () => {
    fake.move = "cancel";
    const credential = onWindows();
    expect(await reasonOf(credential.getToken(ARM))).toMatchObject({ code: "user_cancelled" });
    // Nobody can have read it: no prompt rests, and the browser stays closed all the same.
    expect(await reasonOf(credential.getToken(ARM))).toMatchObject({ code: "user_cancelled" });
    fake.move = "approve";
    await credential.authenticate(ARM);
    expect([fallbacks().length, opened]).toEqual([0, 0]);
  });
});
