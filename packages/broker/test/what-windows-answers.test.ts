import { describe, expect, test, beforeEach } from "vitest";
import { virtualClock } from "@entrada/core/testing";
import type { WamRequestResult } from "@entrada/wam";
import { WamBrokerPlugin } from "../src/plugin/wam-broker-plugin.ts";
import {
  CLIENT_ID as CLIENT,
  CONTOSO,
  FABRIKAM,
  ADA,
  GUEST,
  SOPHIE,
  homeIdOf,
  recordOf,
  responseOf,
} from "./fake-account.ts";
import { FakeWam, refused } from "./fake-wam.ts";
import { ARM, flowOnFake, interactiveRequest, reasonOf, silentRequest } from "./flow-on-fake.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
  fake.known.push(ADA);
});

/** Ada's answer with some of it otherwise. */
function answer(
  more: Readonly<Record<string, string | undefined>>,
  response: Record<string, unknown> = {},
  account = ADA,
): WamRequestResult {
  const grant = { account, clientId: "", scope: ARM, tenantId: account.tenantId, serial: 1, now: Date.now() };
  const good = responseOf({ ...grant, clientId: CLIENT });
  const properties = Object.fromEntries(
    Object.entries({ ...good.properties, ...more }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  return { status: 0, responses: [{ ...good, properties, ...response } as never] };
}
const secondsSince1601 = (ms: number): string => String(Math.floor(ms / 1000) + 11_644_473_600);
const expired = { TokenExpiresOn: secondsSince1601(Date.now() - 120_000) };
const jwt = (claims: object): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;

describe("a silent request that Windows cancels", () => {
  const CANCELS = [
    refused(1),
    refused(5, 0x800704c7),
    refused(5, 0xcaab0002),
    { fails: { hresult: 0x800704c7, step: "GetTokenSilentlyAsync.Canceled" } },
  ];
  test.each(CANCELS)("once is a hiccup: it is asked once more", async (outcome) => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", outcome);
    await expect(flow.silent(silentRequest({ account: recordOf(ADA) }))).resolves.toMatchObject({
      account: { username: ADA.username },
    });
    expect(fake.count("request", "silent")).toBe(2);
  });

  test.each(CANCELS)("twice needs the person, whom nobody blames", async (outcome) => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", outcome, outcome, outcome);
    const error = await reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })));
    expect(error).toMatchObject({ code: "authentication_required" });
    expect(error.message).not.toContain("closed");
    expect(fake.count("request", "silent")).toBe(2);
  });
});

describe("a token that has expired already", () => {
  test("is asked for once more, from the authority", async () => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", { result: answer(expired) });
    const { expiresOnTimestamp } = await flow.silent(silentRequest({ account: recordOf(ADA) }));
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now());
    expect(fake.requests.map(({ invalidateFirst }) => invalidateFirst)).toEqual([undefined, true]);
  });

  test("twice means that the clock is wrong", async () => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", { result: answer(expired) }, { result: answer(expired) });
    const error = await reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })));
    expect(error).toMatchObject({ detail: "clock_skew", hint: expect.stringContaining("clock") });
    expect(fake.count("request")).toBe(2);
  });

  test("from a dialog, too, and without a second dialog", async () => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", { result: answer(expired) });
    await flow.interactive(interactiveRequest());
    expect(fake.requests.map(({ mode }) => mode)).toEqual(["window", "silent"]);
  });

  test.each([refused(3), refused(5, 0xcaa20003), refused(1)])(
    "from a dialog, whose renewal wants the person again, is a wrong clock: nobody is asked in circles",
    async (outcome) => {
      const { engine } = flowOnFake({ fake });
      fake.script("request", { result: answer(expired) }, outcome, outcome);
      expect(await reasonOf(engine.getToken(ARM))).toMatchObject({
        code: "invalid_response",
        detail: "clock_skew",
      });
      expect(fake.count("request", "window")).toBe(1);
    },
  );

  test("from a dialog, whose renewal is never answered, ends after the time of what shows nothing", async () => {
    const clock = virtualClock(Date.now());
    const { flow } = flowOnFake({ fake, clock });
    fake.script("request", { result: answer(expired) }, { hangs: true });
    const asked = fake.next("request", "silent");
    const pending = reasonOf(flow.interactive(interactiveRequest()));
    await asked;
    await clock.advance(30_000);
    expect(await pending).toMatchObject({ code: "timeout", detail: "broker_silent_timeout" });
  });

  test.each([2, 60, 86_400])("%i seconds ago is expired, whoever's account it is", async (seconds) => {
    fake.known.push(SOPHIE);
    fake.windowsAccount = SOPHIE;
    const { flow } = flowOnFake({ fake });
    const past = { TokenExpiresOn: secondsSince1601(Date.now() - seconds * 1000) };
    fake.script("request", { result: answer(past) });
    await flow.silent(silentRequest({ account: recordOf(ADA) }));
    expect(fake.requests.map(({ invalidateFirst }) => invalidateFirst)).toEqual([undefined, true]);
  });
});

describe("the tenant of an answer without an ID token", () => {
  const without = { wamcompat_id_token: undefined };
  const asGuest = { ...GUEST, listedAsGuestOf: undefined } as never;
  const ask = (tenantId: string) => silentRequest({ tenantId, account: recordOf(GUEST) });
  beforeEach(() => fake.known.push(GUEST));

  test.each<[string, Record<string, string | undefined>, Record<string, unknown>]>([
    ["is that of Authority", { Authority: `https://login.microsoftonline.com/${CONTOSO}` }, {}],
    ["is that of the token", { Authority: undefined }, { token: jwt({ tid: CONTOSO }) }],
    ["is not another because it is unknown", { Authority: undefined }, {}],
    [
      "is not another because a domain stands there",
      { Authority: "https://login.microsoftonline.com/contoso.example" },
      {},
    ],
  ])("%s", async (_, properties, response) => {
    const { flow } = flowOnFake({ fake });
    const home = answer({}, {}, asGuest).responses[0]?.account;
    fake.script("request", {
      result: answer({ ...without, ...properties }, { account: home, ...response }, asGuest),
    });
    await expect(flow.silent(ask(CONTOSO))).resolves.toMatchObject({ tenantId: CONTOSO });
  });

  test.each<[string, Record<string, string | undefined>, Record<string, unknown>]>([
    ["Authority", { Authority: `https://login.microsoftonline.com/${FABRIKAM}` }, {}],
    ["the token", {}, { token: jwt({ tid: FABRIKAM }) }],
  ])("that is another by %s is refused", async (_, properties, response) => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", { result: answer({ ...without, ...properties }, response, asGuest) });
    expect(await reasonOf(flow.silent(ask(CONTOSO)))).toMatchObject({ detail: "tenant_mismatch" });
  });
});

describe("what the probe says cannot be done is not tried", () => {
  const withoutFeature = (name: string): void => {
    const { features } = fake.probeResult;
    fake.probeResult = { ...fake.probeResult, features: { ...features, [name]: false } };
  };

  test("no dialog: the browser, without a request", async () => {
    withoutFeature("window");
    const { flow } = flowOnFake({ fake });
    const error = await reasonOf(flow.interactive(interactiveRequest()));
    expect(error).toMatchObject({ code: "broker_unavailable", detail: "dialog_unsupported" });
    expect(fake.calls).toEqual([]);
  });

  test("no list: accounts are not listed", async () => {
    withoutFeature("listAccounts");
    const { flow } = flowOnFake({ fake });
    await flow.accounts();
    await flow.interactive(interactiveRequest({ account: recordOf(ADA) }));
    expect(fake.count("listAccounts")).toBe(0);
  });
});

describe("a silent call that fails, whatever its number", () => {
  const FAILED = [0x80004005, 0x8000ffff, 0x80070005, 0x80080005, 0x80004002, 0x8007000e, 0x80070490];
  const STEPS = [
    "GetTokenSilentlyAsync",
    "GetTokenSilentlyWithWebAccountAsync.Error",
    "WebTokenRequestResult",
  ];
  const failing = STEPS.flatMap((step) => FAILED.map((hresult) => ({ fails: { hresult, step } })));

  test.each(failing)("leads to the browser, where Windows has never served: %j", async (outcome) => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", outcome);
    expect(await reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })))).toMatchObject({
      code: "broker_unavailable",
      detail: "wam_failed",
      cause: { hresult: outcome.fails.hresult },
    });
  });

  test("is that call's failure, where it has: neither by a dialog nor without one", async () => {
    for (const ask of ["silent", "interactive"] as const) {
      const { flow } = flowOnFake({ fake });
      const account = recordOf(ADA);
      await (ask === "silent"
        ? flow.silent(silentRequest({ account }))
        : flow.interactive(interactiveRequest({ account })));
      fake.script("request", { fails: { hresult: 0x80004005, step: "GetTokenSilentlyAsync" } });
      expect(await reasonOf(flow.silent(silentRequest({ account })))).toMatchObject({
        code: "service",
        detail: "broker_error",
      });
    }
  });

  test("lets the dialog be tried, where the account of Windows was only tried first", async () => {
    fake.windowsAccount = ADA;
    const { engine } = flowOnFake({ fake, useDefaultBrokerAccount: true });
    fake.script("request", { fails: { hresult: 0x80004005, step: "GetTokenSilentlyAsync" } });
    await engine.getToken(ARM);
    expect(fake.requests.map(({ mode }) => mode)).toEqual(["silent", "window"]);
  });

  test.each([refused(5, 0xdeadbeef), refused(5), refused(6)])(
    "is another thing than a refusal: %j",
    async (outcome) => {
      const { flow } = flowOnFake({ fake });
      fake.script("request", outcome);
      expect(await reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })))).toMatchObject({
        code: "service",
        detail: "broker_error",
      });
    },
  );
});

describe("before a dialog", () => {
  test.each(["findAccount", "defaultAccountKind"] as const)(
    "a failing %s leads to the browser",
    async (operation) => {
      const { features } = fake.probeResult;
      fake.probeResult = { ...fake.probeResult, features: { ...features, accountPicker: false } };
      const { flow } = flowOnFake({ fake });
      const request = interactiveRequest({ tenantId: "common", account: recordOf(ADA) });
      if (operation === "findAccount") await flow.interactive(request);
      const before = fake.count("request", "window");
      fake.script(operation, { fails: { hresult: 0x8000ffff, step: "Somewhere" } });
      const { account: _, ...nobody } = request;
      const error = await reasonOf(flow.interactive(operation === "findAccount" ? request : nobody));
      expect(error).toMatchObject({ code: "broker_unavailable", detail: "wam_failed" });
      expect(fake.count("request", "window")).toBe(before);
    },
  );

  test("an administrator without a browser to go to signs in with a work account", async () => {
    fake.probeResult = { ...fake.probeResult, elevated: true };
    const { flow } = flowOnFake({ fake, tenantId: "common", browserFallback: "never" });
    await flow.interactive(interactiveRequest({ tenantId: "common" }));
    expect(fake.requests[0]).toMatchObject({
      providerAuthority: "https://login.microsoftonline.com/common",
      properties: { prompt: "select_account" },
    });
  });

  test("a hiccup of looking for the provider is tried again, and then leads to the browser", async () => {
    const hiccup = { fails: { hresult: 0x800706ba, step: "FindAccountProviderWithAuthorityAsync" } };
    const { flow } = flowOnFake({ fake });
    fake.script("request", hiccup);
    await flow.interactive(interactiveRequest());
    fake.script("request", hiccup, hiccup, hiccup);
    expect(await reasonOf(flow.interactive(interactiveRequest()))).toMatchObject({ detail: "wam_failed" });
  });
});

describe("a detail that cannot be read costs that detail", () => {
  const junk = [undefined, null, 7, "text", [], { OID: 7 }];
  test.each(junk)("%j of a refusal", async (bad) => {
    const { flow } = flowOnFake({ fake });
    const error = { errorCode: 0xcaa20004, errorMessage: bad, errorProperties: bad };
    fake.script("request", { junk: { status: 5, error, responses: [] } });
    expect(await reasonOf(flow.interactive(interactiveRequest()))).toMatchObject({ code: "access_denied" });
    fake.script("request", { junk: { status: 1, error: bad } });
    expect(await reasonOf(flow.interactive(interactiveRequest()))).toMatchObject({ code: "user_cancelled" });
  });

  test.each(junk)("%j of an answer", async (bad) => {
    const { flow } = flowOnFake({ fake });
    fake.script("request", { junk: answer({}, { account: bad, error: bad }) });
    await expect(flow.silent(silentRequest({ account: recordOf(ADA) }))).resolves.toMatchObject({
      account: { homeAccountId: homeIdOf(ADA) },
    });
  });

  test.each(junk)("%j among the accounts", async (bad) => {
    const { flow } = flowOnFake({ fake });
    const good = answer({}).responses[0]?.account;
    fake.script("listAccounts", { junk: { status: 0, accounts: [bad, good, { ...good, id: bad }] } });
    expect((await flow.accounts()).map(({ username }) => username)).toEqual([ADA.username]);
  });
});

describe("an account that was deleted and made anew under its name", () => {
  const FORMER = { ...ADA, objectId: "11111111-0000-4000-8000-000000000000" };

  test("is named, and authenticate() gets on", async () => {
    const { engine } = flowOnFake({ fake, authenticationRecord: recordOf(FORMER) });
    fake.script("listAccounts", { result: { status: 0, accounts: [] } });
    const error = await reasonOf(engine.getToken(ARM));
    expect(error).toMatchObject({ code: "account_mismatch", detail: "account_recreated" });
    expect(error["hint"]).toContain("authenticate()");
    await expect(engine.authenticate(ARM)).resolves.toMatchObject({ homeAccountId: homeIdOf(ADA) });
    await expect(engine.getToken(ARM)).resolves.toMatchObject({ token: expect.any(String) });
  });

  test.each([SOPHIE, GUEST])("never lets anybody else in", async (other) => {
    fake.move = { picks: other };
    fake.known.push(other);
    const { engine } = flowOnFake({ fake, authenticationRecord: recordOf(ADA) });
    expect(await reasonOf(engine.authenticate(ARM, { forcePrompt: true }))).toMatchObject({
      code: "account_mismatch",
    });
  });
});

describe("the plugins, which have no browser to go to", () => {
  const request = {
    clientId: CLIENT,
    authority: "https://login.microsoftonline.com/common",
    correlationId: "11111111-2222-4333-8444-555555555555",
    redirectUri: "",
    scopes: [ARM],
    prompt: "select_account",
  };

  test.each(["msal-node", "identity"] as const)("sign an administrator in by %s", async (host) => {
    fake.probeResult = { ...fake.probeResult, elevated: true };
    const plugin = new WamBrokerPlugin({ transport: fake }, host);
    await expect(plugin.acquireTokenInteractive(request)).resolves.toMatchObject({ tokenType: "Bearer" });
    expect(fake.requests.at(-1)?.properties).toMatchObject({ prompt: "select_account" });
    expect(fake.count("pickProvider")).toBe(0);
  });

  test("do without the pane where it fails before it is seen", async () => {
    fake.script("pickProvider", { fails: { hresult: 0x80004002, step: "GetForWindow" } });
    const plugin = new WamBrokerPlugin({ transport: fake });
    await expect(plugin.acquireTokenInteractive(request)).resolves.toMatchObject({ tokenType: "Bearer" });
  });

  test("are no broker where Windows cannot show a dialog", () => {
    const { features } = fake.probeResult;
    fake.probeResult = { ...fake.probeResult, features: { ...features, window: false } };
    expect(new WamBrokerPlugin({ transport: fake }).isBrokerAvailable).toBe(false);
  });
});
