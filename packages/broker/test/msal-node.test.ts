import * as msal5 from "msal-node-5";
import * as msal6 from "msal-node-6";
import * as msal7 from "msal-node-7";
import type { AccountInfo, AuthenticationResult } from "msal-node-7";
import { beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { WamBrokerPlugin, type INativeBrokerPlugin, type WamBrokerPluginOptions } from "../src/index.ts";
import {
  ADA,
  BOB,
  CLIENT_ID,
  CONTOSO,
  GUEST,
  SOPHIE,
  homeIdOf,
  webAccountOf,
  type FakeAccount,
} from "./fake-account.ts";
import { FakeWam, refused, type Outcome } from "./fake-wam.ts";
import { reasonOf } from "./flow-on-fake.ts";

// One type is enough to write the tests in; what runs is each version's own code.
type Msal = typeof msal7;
const VERSIONS: readonly (readonly [string, Msal])[] = [
  ["msal-node 5", msal5 as unknown as Msal],
  ["msal-node 6", msal6 as unknown as Msal],
  ["msal-node 7", msal7],
];
const SCOPES = ["https://management.azure.com/.default"];
const AUTHORITY = `https://login.microsoftonline.com/${CONTOSO}`;

test("the contract's types are those of msal-node 5, 6 and 7", () => {
  expectTypeOf<WamBrokerPlugin>().toExtend<msal5.INativeBrokerPlugin>();
  expectTypeOf<WamBrokerPlugin>().toExtend<msal6.INativeBrokerPlugin>();
  expectTypeOf<WamBrokerPlugin>().toExtend<msal7.INativeBrokerPlugin>();
  expectTypeOf<INativeBrokerPlugin>().toExtend<msal7.INativeBrokerPlugin>();
  expectTypeOf<msal7.INativeBrokerPlugin>().toExtend<INativeBrokerPlugin>();
});

describe.each(VERSIONS)("the plugin in PublicClientApplication of %s", (name, msal) => {
  let fake: FakeWam;
  let logged: string[];
  const appWith = (options: WamBrokerPluginOptions = {}, authority: string = AUTHORITY) => {
    const plugin = new WamBrokerPlugin({ transport: fake, msal, ...options });
    const app = new msal.PublicClientApplication({
      auth: { clientId: CLIENT_ID, authority },
      broker: { nativeBrokerPlugin: plugin },
      system: {
        loggerOptions: {
          logLevel: msal.LogLevel.Trace,
          loggerCallback: (_, message) => logged.push(message),
        },
        networkClient: {
          sendGetRequestAsync: () => Promise.reject(new Error("No network here.")),
          sendPostRequestAsync: () => Promise.reject(new Error("No network here.")),
        },
      },
    });
    return { app, plugin };
  };
  const openBrowser = (): Promise<void> => Promise.reject(new Error("The browser must not be opened."));
  const signIn = (
    app: InstanceType<Msal["PublicClientApplication"]>,
    more: object = {},
  ): Promise<AuthenticationResult> =>
    app.acquireTokenInteractive({ scopes: SCOPES, openBrowser, prompt: "select_account", ...more });
  beforeEach(() => {
    fake = new FakeWam();
    logged = [];
  });

  test("signs in, and the result is msal-node's", async () => {
    const { app } = appWith();
    const result = await signIn(app, { correlationId: "11111111-2222-4333-8444-555555555555" });
    expect(result).toMatchObject({
      authority: AUTHORITY,
      uniqueId: ADA.objectId,
      tenantId: CONTOSO,
      scopes: SCOPES,
      accessToken: expect.stringContaining("secret-token-1-ada"),
      idToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      idTokenClaims: { tid: CONTOSO, oid: ADA.objectId },
      fromCache: false,
      tokenType: "Bearer",
      correlationId: "11111111-2222-4333-8444-555555555555",
      fromPlatformBroker: true,
      account: {
        homeAccountId: homeIdOf(ADA),
        environment: "login.microsoftonline.com",
        tenantId: CONTOSO,
        username: ADA.username,
        localAccountId: ADA.objectId,
        name: ADA.name,
        nativeAccountId: expect.stringMatching(/^wam1\./),
      },
    });
    expect(result.expiresOn?.getTime()).toBeGreaterThan(Date.now());
  });

  test("serves the account's own token silently, whoever Windows is signed in as", async () => {
    fake.windowsAccount = BOB;
    const { app } = appWith();
    const { account } = await signIn(app);
    const result = await app.acquireTokenSilent({ scopes: ["api://other/x"], account: account! });
    expect(result.accessToken).toContain("-ada-");
    expect(fake.requests.at(-1)).toMatchObject({ mode: "silent", webAccountId: webAccountOf(ADA).id });
  });

  test.each([
    ["a work account", ADA, AUTHORITY],
    ["a guest", GUEST, AUTHORITY],
    ["a personal account", SOPHIE, "https://login.microsoftonline.com/consumers"],
  ])("finds %s again after a restart by what the application stored of it", async (_, account, authority) => {
    fake.move = { picks: account };
    const stored = JSON.stringify((await signIn(appWith({}, authority).app)).account);
    const { app } = appWith({}, authority);
    const result = await app.acquireTokenSilent({
      scopes: SCOPES,
      account: JSON.parse(stored) as AccountInfo,
    });
    expect(result.account?.homeAccountId).toBe(homeIdOf(account));
  });

  test("lists accounts, each with a nativeAccountId that works", async () => {
    fake.known.push(ADA, BOB, GUEST);
    const { app } = appWith();
    const accounts = await app.getAllAccounts();
    expect(accounts.map(({ homeAccountId }) => homeAccountId)).toEqual([ADA, BOB, GUEST].map(homeIdOf));
    for (const account of accounts) {
      const result = await app.acquireTokenSilent({ scopes: SCOPES, account });
      expect(result.account?.homeAccountId).toBe(account.homeAccountId);
    }
  });

  test("lists a personal account, which Windows does not, after it has signed in", async () => {
    fake.move = { picks: SOPHIE };
    const { app } = appWith({}, "https://login.microsoftonline.com/consumers");
    await signIn(app);
    expect((await app.getAllAccounts()).map(({ username }) => username)).toEqual([SOPHIE.username]);
  });

  test("signs out, and the account needs its person again", async () => {
    const { app } = appWith();
    const { account } = await signIn(app);
    await app.signOut({ account: account! });
    expect(fake.calls.at(-1)).toMatchObject({
      operation: "signOut",
      details: { providerAuthority: CONTOSO },
    });
    fake.known.push(ADA);
    const error = await reasonOf(app.acquireTokenSilent({ scopes: SCOPES, account: account! }));
    expect(error).toBeInstanceOf(msal.InteractionRequiredAuthError);
    expect(await app.getAllAccounts()).toEqual([]);
    await signIn(app);
    await app.acquireTokenSilent({ scopes: SCOPES, account: account! });
    await app.signOut({ account: account! });
    await app.signOut({ account: account! });
  });

  test("is asked whether it is there without anything being shown, and steps aside when it is not", async () => {
    fake.probeResult = { ...fake.probeResult, available: false, reason: "session_zero" };
    const { app, plugin } = appWith();
    expect(plugin.isBrokerAvailable).toBe(false);
    // msal-node goes its own way, to the browser, which is not to be opened here.
    const error = await reasonOf(signIn(app));
    expect(String(error)).toMatch(/network|browser|endpoints/i);
    expect(fake.calls).toEqual([]);
  });

  const accountOf = (account: FakeAccount): AccountInfo => ({
    homeAccountId: homeIdOf(account),
    environment: "login.microsoftonline.com",
    tenantId: account.tenantId,
    username: account.username,
    localAccountId: account.objectId,
  });

  test("finds an account without nativeAccountId by its homeAccountId, and never takes Windows's own for it", async () => {
    fake.windowsAccount = BOB;
    const { app } = appWith();
    const missing = await reasonOf(app.acquireTokenSilent({ scopes: SCOPES, account: accountOf(ADA) }));
    expect(missing).toBeInstanceOf(msal.InteractionRequiredAuthError);
    expect(fake.count("request")).toBe(0);
    fake.known.push(ADA);
    const result = await app.acquireTokenSilent({ scopes: SCOPES, account: accountOf(ADA) });
    expect([result.accessToken, result.accessToken].every((token) => token.includes("-ada-"))).toBe(true);
    expect(JSON.parse(JSON.stringify({ ...result }))).toMatchObject({ accessToken: result.accessToken });
  });

  test("never gives one person's token to another, also of two who ask at once without nativeAccountId", async () => {
    fake.known.push(ADA, BOB);
    const { app } = appWith();
    const people = [ADA, BOB, ADA, BOB, BOB];
    const outcomes = await Promise.allSettled(
      people.map((person) => app.acquireTokenSilent({ scopes: SCOPES, account: accountOf(person) })),
    );
    outcomes.forEach((outcome, i) => {
      if (outcome.status === "fulfilled") {
        expect(outcome.value.account?.homeAccountId).toBe(homeIdOf(people[i]!));
        expect(outcome.value.accessToken).toContain(people[i] === ADA ? "-ada-" : "-bob-");
      } else {
        expect(outcome.reason).toBeInstanceOf(msal.InteractionRequiredAuthError);
      }
    });
    expect(outcomes[0]?.status).toBe("fulfilled");
    for (const person of people) await app.acquireTokenSilent({ scopes: SCOPES, account: accountOf(person) });
  });

  test("shares equal requests of one account with a nativeAccountId", async () => {
    const { app } = appWith();
    const { account } = await signIn(app);
    const results = await Promise.all(
      Array.from({ length: 5 }, () => app.acquireTokenSilent({ scopes: SCOPES, account: account! })),
    );
    expect(results.every(({ accessToken }) => accessToken.includes("-ada-"))).toBe(true);
  });

  test("refuses an account whose ids contradict each other", async () => {
    const { app } = appWith();
    const { account } = await signIn(app);
    const forged = { ...account!, homeAccountId: homeIdOf(BOB) };
    const error = await reasonOf(app.acquireTokenSilent({ scopes: SCOPES, account: forged }));
    expect(error).toBeInstanceOf(msal.InteractionRequiredAuthError);
    expect(error["subError"]).toBe("account_mismatch");
  });

  test.each([0, 2])("takes an answer for somebody else, of status %i, for none", async (status) => {
    const { app } = appWith();
    const { account } = await signIn(app);
    fake.known.push(BOB);
    fake.script("request", { answersFor: BOB, status });
    const error = await reasonOf(app.acquireTokenSilent({ scopes: SCOPES, account: account! }));
    expect(error).toBeInstanceOf(msal.InteractionRequiredAuthError);
    expect(JSON.stringify(error)).not.toContain("secret-token");
  });

  test("knows an account that Microsoft's own plugin stored", async () => {
    fake.known.push(BOB, ADA);
    const { app } = appWith();
    for (const nativeAccountId of [ADA.objectId, `${ADA.objectId}.${CONTOSO}.x.login.microsoftonline.us`]) {
      const account = { ...accountOf(ADA), nativeAccountId };
      expect((await app.acquireTokenSilent({ scopes: SCOPES, account })).accessToken).toContain("-ada-");
    }
    const account = { ...accountOf(ADA), nativeAccountId: "something else" };
    const error = await reasonOf(app.acquireTokenSilent({ scopes: SCOPES, account }));
    expect(error).toBeInstanceOf(msal.InteractionRequiredAuthError);
  });

  test("renews when a refresh is forced", async () => {
    const { app } = appWith();
    const { account } = await signIn(app);
    await app.acquireTokenSilent({ scopes: SCOPES, account: account!, forceRefresh: true });
    expect(fake.requests.at(-1)?.invalidateFirst).toBe(true);
    await app.acquireTokenSilent({ scopes: SCOPES, account: account! });
    expect(fake.requests.at(-1)).not.toHaveProperty("invalidateFirst");
  });

  test("refuses proof of possession", async () => {
    const { app } = appWith();
    const error = await reasonOf(
      signIn(app, {
        authenticationScheme: "pop",
        resourceRequestMethod: "GET",
        resourceRequestUri: "https://x.example",
      }),
    );
    expect(error).toBeInstanceOf(msal.ClientConfigurationError);
    expect(error["errorCode"]).toBe("unsupported_authentication_scheme");
    expect(fake.calls).toEqual([]);
  });

  test("merges the client's capabilities into the claims, and drops what only a browser understands", async () => {
    const { app } = appWith({ clientCapabilities: ["cp1"] });
    await signIn(app, {
      claims: '{"id_token":{"auth_time":{"essential":true}}}',
      extraQueryParameters: { domain_hint: "contoso.example", slice: "testslice", instance_aware: "true" },
    });
    const properties = fake.requests[0]?.properties ?? {};
    expect(JSON.parse(properties["claims"] ?? "")).toEqual({
      id_token: { auth_time: { essential: true } },
      access_token: { xms_cc: { values: ["cp1"] } },
    });
    expect(properties).toMatchObject({ slice: "testslice", discover: "home" });
    expect(properties).not.toHaveProperty("domain_hint");
    expect(logged.join("\n")).toContain('"domain_hint"');
    expect(await reasonOf(signIn(app, { claims: "garbage" }))).toBeInstanceOf(TypeError);
  });

  test("carries personal accounts over only for who asks for it", async () => {
    fake.windowsAccount = SOPHIE;
    fake.script(
      "request",
      { result: { status: 0, responses: [{ token: "code=abc", properties: {} }] } },
      { answersFor: ADA },
    );
    const { app } = appWith();
    await signIn(app, {
      prompt: "none",
      extraQueryParameters: { msal_request_type: "consumer_passthrough" },
    });
    expect(fake.requests.map(({ properties }) => properties?.["SamlAssertion"])).toEqual([undefined, "abc"]);
    expect(fake.requests[1]?.properties).not.toHaveProperty("msal_request_type");
  });

  describe("prompts", () => {
    const dialog = (): object => {
      const { mode, promptType, properties, webAccountId } = fake.requests.at(-1)!;
      return { mode, promptType, properties, webAccountId };
    };

    test.each(["login", "select_account", "create"])(
      "%s: a choice, or the name of the hint",
      async (prompt) => {
        fake.known.push(BOB);
        const { app } = appWith();
        await signIn(app, { prompt });
        expect(dialog()).toMatchObject({
          mode: "window",
          promptType: 1,
          properties: { prompt: "select_account" },
        });
        await signIn(app, { prompt, loginHint: BOB.username });
        expect(dialog()).toMatchObject({ promptType: 1, webAccountId: webAccountOf(BOB).id });
        fake.script("request", { answersFor: GUEST });
        await signIn(app, { prompt, loginHint: "new@contoso.example" });
        expect(dialog()).toMatchObject({ promptType: 1, properties: { LoginHint: "new@contoso.example" } });
      },
    );

    test("none: silent, as the account, or as Windows's own", async () => {
      fake.windowsAccount = BOB;
      const { app } = appWith();
      expect((await signIn(app, { prompt: "none" })).account?.username).toBe(BOB.username);
      expect(await reasonOf(signIn(app, { prompt: "none", loginHint: ADA.username }))).toBeInstanceOf(
        msal.InteractionRequiredAuthError,
      );
      fake.known.push(ADA);
      expect((await signIn(app, { prompt: "none", account: accountOf(ADA) })).account?.username).toBe(
        ADA.username,
      );
      expect(fake.count("request", "window")).toBe(0);
    });

    test("absent: the account's dialog, or silently as Windows's own and then a choice", async () => {
      fake.known.push(ADA);
      const { app } = appWith();
      await signIn(app, { prompt: undefined, account: accountOf(ADA) });
      expect(dialog()).toMatchObject({ mode: "window", promptType: 0, webAccountId: webAccountOf(ADA).id });
      await signIn(app, { prompt: undefined });
      expect(dialog()).toMatchObject({ mode: "window", properties: { prompt: "select_account" } });
      fake.windowsAccount = BOB;
      expect((await signIn(app, { prompt: undefined })).account?.username).toBe(BOB.username);
      expect(dialog()).toMatchObject({ mode: "silent" });
      expect((await signIn(app, { prompt: undefined, loginHint: ADA.username })).account?.username).toBe(
        ADA.username,
      );
      expect(dialog()).toMatchObject({ mode: "window", webAccountId: webAccountOf(ADA).id });
    });

    test("begin with the name of an account that Windows has forgotten", async () => {
      const { app } = appWith();
      await signIn(app, { prompt: undefined, account: { ...accountOf(BOB), nativeAccountId: "lost" } });
      expect(dialog()).toMatchObject({ mode: "window", properties: { LoginHint: BOB.username } });
    });

    test("that end with another account say so in the result, if the person switched", async () => {
      fake.known.push(ADA);
      fake.move = { picks: BOB };
      const { app } = appWith();
      const result = await signIn(app, { prompt: undefined, account: accountOf(ADA) });
      expect(result.account?.homeAccountId).toBe(homeIdOf(BOB));
      fake.script("request", { answersFor: BOB });
      await expect(signIn(app, { prompt: undefined, account: accountOf(ADA) })).rejects.toBeInstanceOf(
        msal.ClientAuthError,
      );
    });

    test.each([
      [
        "the request's window",
        Buffer.from("a1b2c30000000000", "hex"),
        Buffer.from("a1b2c30000000000", "hex"),
      ],
      ["msal-node's no window", Buffer.from([0]), "console"],
      ["the SDK's no window", Buffer.alloc(0), "console"],
      ["no window", undefined, "console"],
    ])("belong to %s", async (_, windowHandle, expected) => {
      await signIn(appWith().app, { windowHandle });
      expect(fake.requests[0]?.windowHandle).toEqual(expected);
    });

    test("come one at a time", async () => {
      const { app } = appWith();
      await Promise.all([signIn(app), signIn(app), signIn(appWith().app)]);
      expect([fake.count("request", "window"), fake.mostDialogs]).toEqual([3, 1]);
    });

    test("end with the abort signal in the request", async () => {
      fake.move = "ignore";
      const controller = new AbortController();
      const shown = fake.next("request", "window");
      const pending = reasonOf(signIn(appWith().app, { abortSignal: controller.signal }));
      await shown;
      controller.abort();
      expect(await pending).toMatchObject({ name: "AbortError" });
    });
  });

  describe("errors", () => {
    const TABLE: readonly (readonly [Outcome, keyof Msal, string, string, number])[] = [
      [refused(1), "ClientAuthError", "user_canceled", "UserCanceled", 1],
      [refused(3, 0xcaa2000c), "ClientAuthError", "platform_broker_error", "Unexpected", 0xcaa2000c],
      [refused(4), "ClientAuthError", "platform_broker_error", "Unexpected", 4],
      [
        refused(5, 0xcaa20009),
        "ClientAuthError",
        "platform_broker_error",
        "IncorrectConfiguration",
        0xcaa20009,
      ],
      [
        refused(5, 0xcaa20001),
        "ClientAuthError",
        "platform_broker_error",
        "IncorrectConfiguration",
        0xcaa20001,
      ],
      [refused(5, 0xcaa82ee7), "ClientAuthError", "no_network_connectivity", "NoNetwork", 0xcaa82ee7],
      [
        refused(5, 0xcaa20005),
        "ServerError",
        "server_unavailable",
        "ServerTemporarilyUnavailable",
        0xcaa20005,
      ],
      [
        refused(5, 0xcaad0001),
        "ServerError",
        "server_unavailable",
        "ServerTemporarilyUnavailable",
        0xcaad0001,
      ],
      [refused(5, 0xdeadbeef), "ClientAuthError", "platform_broker_error", "Unexpected", 0xdeadbeef],
      [refused(6), "ClientAuthError", "platform_broker_error", "Unexpected", 6],
      [
        { fails: { hresult: 0x80004005, step: "RequestTokenForWindowAsync" } },
        "ClientAuthError",
        "platform_broker_error",
        "Unexpected",
        0x80004005,
      ],
      [{ junk: { status: 0 } }, "ClientAuthError", "platform_broker_error", "Unexpected", 0],
    ];
    test.each(TABLE)("%j", async (outcome, className, errorCode, status, statusCode) => {
      fake.script("request", outcome);
      const error = await reasonOf(signIn(appWith().app));
      expect(error).toBeInstanceOf(msal[className]);
      expect(error).toBeInstanceOf(msal.AuthError);
      expect(error).toMatchObject({
        name: className,
        errorCode,
        message: expect.stringContaining(`${errorCode}: `),
        platformBrokerError: { errorCode: status, statusCode },
      });
    });

    test("of a silent request that needs the person have its claims", async () => {
      const { app } = appWith();
      const { account } = await signIn(app);
      fake.needPerson.add(ADA);
      const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
      const error = await reasonOf(app.acquireTokenSilent({ scopes: SCOPES, account: account!, claims }));
      expect(error).toBeInstanceOf(msal.InteractionRequiredAuthError);
      expect(error).toMatchObject({ errorCode: "interaction_required", claims });
    });

    test("have msal-node's names also without its classes", async () => {
      fake.script("request", refused(1));
      const app = new msal.PublicClientApplication({
        auth: { clientId: CLIENT_ID, authority: AUTHORITY },
        broker: { nativeBrokerPlugin: new WamBrokerPlugin({ transport: fake }) },
      });
      expect(await reasonOf(signIn(app))).toMatchObject({
        name: "ClientAuthError",
        errorCode: "user_canceled",
      });
    });

    test("of what the transport throws reach the caller: no promise stays unsettled", async () => {
      const { app } = appWith();
      const { account } = await signIn(app);
      for (const operation of ["request", "findAccount", "listAccounts", "signOut"] as const) {
        fake.script(operation, { throws: new RangeError("addon") });
      }
      const broken = { errorCode: "platform_broker_error", subError: "broker_invalid_response" };
      const silent = () => app.acquireTokenSilent({ scopes: SCOPES, account: account! });
      expect(await reasonOf(silent())).toMatchObject(broken);
      expect(await reasonOf(silent())).toMatchObject(broken);
      expect(await reasonOf(app.signOut({ account: account! }))).toMatchObject(broken);
      fake.script("listAccounts", ...Array.from({ length: 4 }, () => ({ throws: new RangeError("addon") })));
      expect(await reasonOf(app.getAllAccounts())).toMatchObject(broken);
    });
  });

  test(`${name}: no log line holds a token, a claim or a name`, async () => {
    const { app } = appWith({ clientCapabilities: ["cp1"] });
    const { account } = await signIn(app);
    await app.acquireTokenSilent({ scopes: SCOPES, account: account! });
    await app.getAllAccounts();
    fake.script("request", refused(5, 0xdeadbeef, ADA.username));
    await reasonOf(signIn(app));
    const ours = logged.filter((line) => line.includes("@entrada/broker"));
    expect(ours.length).toBeGreaterThan(4);
    for (const secret of ["secret-token", "xms_cc", ADA.username, ADA.objectId]) {
      expect(ours.join("\n")).not.toContain(secret);
    }
  });
});
