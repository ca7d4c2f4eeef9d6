import type { AuthenticationError } from "@entrada/core";
import { describe, expect, test } from "vitest";
import { ADA, BOB, CONTOSO, FABRIKAM, GUEST } from "../fake-account.ts";
import { brokerFailure, dbusError, json, type Generation } from "./fake-linux-broker.ts";
import { askFor, brokerOnBus, STORAGE } from "./linux-fixture.ts";
import { base64url, jwt } from "./minted-tokens.ts";
import { hasBus } from "./private-bus.ts";

const homeOf = (person: typeof ADA) => `${person.objectId}.${person.tenantId}`;
const sought = (person: typeof ADA) => ({ homeAccountId: homeOf(person), username: person.username });
const GENERATIONS: readonly Generation[] = ["java", "cpp", "himmelblau"];

describe.runIf(hasBus).each(GENERATIONS)("a broker of the generation %s", (generation) => {
  test("gives a token for an account, silently, in the one form that every broker takes", async () => {
    const { broker, client } = await brokerOnBus({ generation });
    broker.accounts = generation === "himmelblau" ? [ADA] : [BOB, ADA];
    const answer = await client.silentFor(askFor(), sought(ADA));
    expect(answer).toMatchObject({
      kind: "organizations",
      homeAccountId: homeOf(ADA),
      tenantId: CONTOSO,
      username: ADA.username,
      grantedScopes: [STORAGE],
      warnings: [],
    });
    expect(answer.expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_500_000);
    expect(broker.called).toEqual(["getAccounts", "acquireTokenSilently"]);
  });

  test("gives one for its default account", async () => {
    const { broker, client } = await brokerOnBus({ generation });
    broker.accounts = [ADA];
    expect(await client.silentForDefault(askFor())).toMatchObject({ homeAccountId: homeOf(ADA) });
  });

  test("asks the person about an account", async () => {
    const { broker, client } = await brokerOnBus({ generation });
    broker.accounts = [ADA];
    const answer = await client.interactive(askFor(), { account: sought(ADA) });
    expect(answer).toMatchObject({ homeAccountId: homeOf(ADA), switched: false });
  });

  test("lists its accounts", async () => {
    const { broker, client } = await brokerOnBus({ generation });
    broker.accounts = [ADA];
    expect(await client.list(askFor())).toMatchObject([
      {
        kind: "organizations",
        home: { homeAccountId: homeOf(ADA), certain: true },
        username: ADA.username,
        tenantId: CONTOSO,
        objectId: ADA.objectId,
      },
    ]);
  });

  test("is waited for a little, when its object comes after its name", async () => {
    const { broker, client } = await brokerOnBus({ generation, hurried: true });
    broker.accounts = [ADA];
    broker.late = 2;
    expect(await client.silentFor(askFor(), sought(ADA))).toMatchObject({ homeAccountId: homeOf(ADA) });
  });

  test("hears the claims challenge as it is", async () => {
    const { broker, client } = await brokerOnBus({ generation });
    broker.accounts = [ADA];
    const claims = '{"access_token":{"xms_cc":{"values":["cp1"]}}}';
    await client.silentFor(askFor({ claims }), sought(ADA));
    expect(broker.calls.at(-1)?.request.authParameters?.decodedClaims).toBe(claims);
  });

  test("removes an account, or it is as good as removed", async () => {
    const { broker, client } = await brokerOnBus({ generation });
    broker.accounts = [ADA];
    await client.signOut(askFor(), sought(ADA), false);
    expect(broker.called).toEqual([]);
    await client.signOut(askFor(), sought(ADA), true);
    expect(broker.called).toEqual(["getAccounts", "removeAccount"]);
    expect(broker.accounts).toEqual(generation === "himmelblau" ? [ADA] : []);
    await client.signOut(askFor(), sought(BOB), true);
  });
});

describe.runIf(hasBus)("the Linux broker", () => {
  test("is asked for whom the person likes, with nobody settled", async () => {
    const { broker, client } = await brokerOnBus();
    broker.person = BOB;
    expect(await client.interactive(askFor(), {})).toMatchObject({ homeAccountId: homeOf(BOB) });
    const { request, correlationId } = broker.calls.at(-1)!;
    expect(request.authParameters).toMatchObject({ prompt: "select_account", uxContextHandle: -1 });
    expect(request.account).toBeUndefined();
    expect(correlationId).toMatch(/^[\da-f-]{36}$/);
  });

  test("is told a name to begin with", async () => {
    const { broker, client } = await brokerOnBus();
    broker.person = BOB;
    await client.interactive(askFor(), { loginHint: BOB.username });
    expect(broker.calls.at(-1)?.request.authParameters).toMatchObject({ username: BOB.username });
    expect(broker.calls.at(-1)?.request.authParameters?.prompt).toBeUndefined();
    // Now it lists the account.
    await client.interactive(askFor(), { loginHint: BOB.username.toUpperCase(), force: true });
    expect(broker.calls.at(-1)?.request).toMatchObject({
      account: { username: BOB.username },
      authParameters: { prompt: "login" },
    });
  });

  test("that signs in nobody but whom it lists is asked for that one", async () => {
    const { broker, client } = await brokerOnBus({ generation: "himmelblau" });
    broker.accounts = [ADA];
    const refused: string[] = [];
    const onRefused = ({ detail = "" }: AuthenticationError): void => void refused.push(detail);
    expect(await client.interactive(askFor(), { onRefused })).toMatchObject({ homeAccountId: homeOf(ADA) });
    // Should the person's time be over in the second window, the first one's end is known.
    expect(refused).toEqual(["broker_needs_account"]);
  });

  test("is asked for the account's record in the asked tenant, and a guest stays who they are", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [GUEST];
    const answer = await client.silentFor(askFor({ tenantId: CONTOSO }), sought(GUEST));
    expect(answer).toMatchObject({ homeAccountId: homeOf(GUEST), tenantId: CONTOSO });
    expect(answer.homeAccountId).toContain(FABRIKAM);
  });

  test("never gives somebody else's token", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    const foreign = {
      accessToken: jwt({ exp: Math.floor(Date.now() / 1000) + 3600 }),
      expiresOn: Date.now() + 3_600_000,
    };
    for (const evidence of [
      { clientInfo: base64url({ uid: BOB.objectId, utid: BOB.tenantId }) },
      { idToken: jwt({ oid: BOB.objectId, tid: BOB.tenantId }) },
      { account: broker.describe(BOB) },
    ]) {
      broker.script("acquireTokenSilently", json({ brokerTokenResponse: { ...foreign, ...evidence } }));
      await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({
        code: "account_mismatch",
      });
    }
  });

  test("is believed about the person asked for, when its answer names nobody", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    const token = { accessToken: "opaque", expiresOn: Date.now() + 3_600_000, accessTokenType: "Bearer" };
    broker.script("acquireTokenSilently", json({ brokerTokenResponse: token }));
    expect(await client.silentFor(askFor(), sought(ADA))).toMatchObject({
      token: "opaque",
      homeAccountId: homeOf(ADA),
    });
  });

  test("is asked again with the token that is not good enough", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    const first = await client.silentFor(askFor(), sought(ADA));
    const second = await client.silentFor(askFor({ renew: true }), sought(ADA));
    expect(second.token).not.toBe(first.token);
    expect(broker.calls.at(-1)?.request.authParameters?.accessTokenToRenew).toBeTypeOf("string");
  });

  test("whose token is expired is asked once more, then the clock is blamed", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    const old = json({
      brokerTokenResponse: { accessToken: jwt({ exp: Math.floor(Date.now() / 1000) - 120 }) },
    });
    broker.script("acquireTokenSilently", old);
    await client.silentFor(askFor(), sought(ADA));
    expect(broker.called).toEqual(["getAccounts", "acquireTokenSilently", "acquireTokenSilently"]);
    broker.script("acquireTokenSilently", old, old);
    await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({ detail: "clock_skew" });
  });

  test("is told to close its window when nobody waits any more, and its late answer is dropped", async () => {
    const { broker, client } = await brokerOnBus();
    broker.person = ADA;
    broker.move = "ignore";
    const abort = new AbortController();
    broker.onWindow = () => abort.abort();
    await expect(client.interactive(askFor({ signal: abort.signal }), {})).rejects.toMatchObject({
      name: "AbortError",
    });
    broker.move = "approve";
    broker.onWindow = () => {};
    // Only a broker whose first window is closed opens a second one.
    expect(await client.interactive(askFor(), {})).toMatchObject({ homeAccountId: homeOf(ADA) });
    const cancel = broker.calls.find(({ member }) => member === "cancelInteractiveFlow");
    const window = broker.calls.find(({ member }) => member === "acquireTokenInteractively");
    expect(cancel?.correlationId).toBe(window?.correlationId);
  });

  test("does not know an account: its person must sign in", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [BOB];
    await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({
      name: "AuthenticationRequiredError",
      detail: "account_not_found",
      scopes: [STORAGE],
    });
    expect(broker.called).toEqual(["getAccounts"]);
  });

  test("is asked twice, silently, when it ends during a call; never with a window", async () => {
    const { bus, broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    broker.script("getAccounts", "die");
    const asked = client.silentFor(askFor(), sought(ADA));
    // Nobody starts it here again, as a service file would.
    await expect(asked).rejects.toMatchObject({ detail: "broker_missing" });
    await broker.start(bus.path);
    expect(await client.silentFor(askFor(), sought(ADA))).toMatchObject({ homeAccountId: homeOf(ADA) });
    broker.script("acquireTokenInteractively", "die");
    await expect(client.interactive(askFor(), {})).rejects.toMatchObject({
      code: "service",
      detail: "broker_ended",
    });
  });

  test("that does not answer has its time", async () => {
    const { broker, client } = await brokerOnBus({ hurried: true });
    broker.script("getAccounts", "nothing");
    await expect(client.list(askFor())).rejects.toMatchObject({
      code: "timeout",
      detail: "broker_silent_timeout",
    });
  });

  test("lists what it can, also beside an error and beside records that say nothing", async () => {
    const { broker, client } = await brokerOnBus();
    const error = { context: "personal accounts", status: 0 };
    broker.script("getAccounts", json({ accounts: [null, {}, broker.describe(ADA)], error }));
    expect(await client.list(askFor())).toHaveLength(1);
    broker.script("getAccounts", json({ accounts: [], error }));
    await expect(client.list(askFor())).rejects.toMatchObject({ detail: "broker_error" });
  });
});

describe.runIf(hasBus)("an answer in other clothes", () => {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const goodToken = { accessToken: "opaque", expiresOn: exp * 1000 };

  test.each<[string, object]>([
    ["the expiry as a text", { expiresOn: String(exp * 1000) }],
    ["the token type as a text", { accessTokenType: "0" }],
    ["the token type as a word", { accessTokenType: "BEARER" }],
    ["the token type as null", { accessTokenType: null }],
    ["exp as a text", { accessToken: jwt({ exp: String(exp) }), expiresOn: 4 }],
    ["an error that is null, and one that is empty", { error: null, subError: "" }],
    ["an error that is an empty text", { error: "" }],
    ["scopes as a list", { grantedScopes: [STORAGE] }],
    ["fields that nobody knows", { ["__proto__"]: { error: {} }, tokenType: 7, account: null }],
    ["an id token that is none", { idToken: "x.y.z", clientInfo: "%%%" }],
  ])("with %s, is as good", async (_, more) => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    broker.script(
      "acquireTokenSilently",
      json({ telemetry: "none", brokerTokenResponse: { ...goodToken, ...more }, more: [1] }),
    );
    const answer = await client.silentFor(askFor(), sought(ADA));
    expect(answer).toMatchObject({ homeAccountId: homeOf(ADA), expiresOnTimestamp: exp * 1000 });
  });

  test("with no list of accounts in its place: nobody has signed in", async () => {
    const { broker, client } = await brokerOnBus();
    broker.script("getAccounts", json({ accounts: null }));
    expect(await client.list(askFor())).toEqual([]);
    broker.script("getAccounts", json({ accounts: null, error: { status: 2 } }));
    await expect(client.list(askFor())).rejects.toMatchObject({ code: REQUIRED });
  });

  // what the answer has: what it means, silently
  test.each<[object, string, string]>([
    [{ error: { status: "2" } }, REQUIRED, "interaction_required"],
    [{ error: { status: "InteractionRequired" } }, REQUIRED, "interaction_required"],
    [{ error: { status: "StatusInternal::ApiContractViolation" } }, "service", "invalid_request"],
    [
      { error: { context: "Code: 'invalid_grant', suberror: 'token_expired'" } },
      REQUIRED,
      "interaction_required",
    ],
    [{ error: "interaction_required" }, REQUIRED, "interaction_required"],
    [{ error: "AADSTS50076: interaction_required" }, REQUIRED, "interaction_required"],
    [
      { error: { context: "(pii)" }, telemetry: { api_status_code: "StatusInternal::InteractionRequired" } },
      REQUIRED,
      "interaction_required",
    ],
    [
      { error: {}, telemetry: { api_status_code: "StatusInternal::AccountNotFound" } },
      REQUIRED,
      "account_not_found",
    ],
    // The number itself counts more than the word beside it.
    [
      { error: { status: 12 }, telemetry: { api_status_code: "StatusInternal::InteractionRequired" } },
      "account_mismatch",
      "account_mismatch",
    ],
    [{ error: [] }, "broker_unavailable", "broker_failed"],
    [{ error: true }, "broker_unavailable", "broker_failed"],
    [{ error: { status: 1e99, tag: "x" } }, "broker_unavailable", "broker_failed"],
  ])("that refuses, %j, is understood", async (answer, code, detail) => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    const { error, ...beside } = answer as { readonly error?: unknown };
    for (const reply of [{ brokerTokenResponse: { error }, ...beside }, answer]) {
      broker.script("acquireTokenSilently", json(reply));
      await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({ code, detail });
    }
  });
});

describe.runIf(hasBus)("of several accounts", () => {
  test("the one of the name is the default, else the first", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [BOB, ADA, GUEST];
    const hint = ADA.username.toUpperCase();
    expect(await client.silentForDefault(askFor(), hint)).toMatchObject({ homeAccountId: homeOf(ADA) });
    expect(await client.silentForDefault(askFor())).toMatchObject({ homeAccountId: homeOf(BOB) });
    expect(await client.silentForDefault(askFor(), "nobody@x.com")).toMatchObject({
      homeAccountId: homeOf(BOB),
    });
  });

  test("each is asked for by its name, too", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [BOB, ADA];
    await client.silentFor(askFor(), sought(ADA));
    expect(broker.calls.at(-1)?.request.authParameters).toMatchObject({ username: ADA.username });
  });
});

describe.runIf(hasBus)("what no broker of Linux was seen to serve", () => {
  test.each(["consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"])(
    "personal accounts, by the tenant %s: the browser, without a question",
    async (tenantId) => {
      const { broker, client } = await brokerOnBus();
      for (const call of [
        client.silentFor(askFor({ tenantId }), sought(ADA)),
        client.silentForDefault(askFor({ tenantId })),
        client.interactive(askFor({ tenantId }), {}),
      ]) {
        await expect(call).rejects.toMatchObject({
          code: "broker_unavailable",
          detail: "personal_unsupported",
        });
      }
      expect(broker.called).toEqual([]);
    },
  );

  test.each(["my-app", "04b07795-8ddb-461a-bbee", '{"a":1}'])(
    "the client id %s, which is none: said before the broker is asked",
    async (clientId) => {
      const { broker, client } = await brokerOnBus();
      await expect(client.silentForDefault(askFor({ clientId }))).rejects.toMatchObject({
        code: "service",
        detail: "invalid_client",
        hint: expect.stringContaining("GUID"),
      });
      expect(broker.called).toEqual([]);
    },
  );
});

describe.runIf(hasBus)("where nobody would see a window", () => {
  test.each([
    [{ DISPLAY: "" }, "no_display"],
    [{ SSH_CONNECTION: "10.0.0.1 22" }, "ssh"],
  ])("%j: silent calls work, a window is not asked for", async (env, detail) => {
    const { broker, client } = await brokerOnBus({ env });
    broker.accounts = [ADA];
    await client.silentFor(askFor(), sought(ADA));
    await expect(client.interactive(askFor(), {})).rejects.toMatchObject({
      code: "broker_unavailable",
      detail,
    });
    expect(broker.called).not.toContain("acquireTokenInteractively");
    broker.accounts = [];
    await expect(client.silentForDefault(askFor())).rejects.toMatchObject({ detail });
  });
});

const REQUIRED = "authentication_required";
// status, context: code and detail silently; code and detail with a window
const STATUSES: readonly (readonly [number, string, string, string, string, string])[] = [
  [0, "", "broker_unavailable", "broker_failed", "service", "broker_error"],
  [
    0,
    "Device is not registered",
    "broker_unavailable",
    "device_not_enrolled",
    "broker_unavailable",
    "device_not_enrolled",
  ],
  [2, "Code: 'invalid_grant'", REQUIRED, "interaction_required", "service", "interaction_required"],
  [2, "AADSTS53000", REQUIRED, "interaction_required", "conditional_access", "device_not_enrolled"],
  [
    0,
    "AADSTS53003",
    "conditional_access",
    "device_not_enrolled",
    "conditional_access",
    "device_not_enrolled",
  ],
  [3, "", "network", "no_network", "network", "no_network"],
  [4, "", "network", "no_network", "network", "no_network"],
  [5, "", "network", "server_unavailable", "network", "server_unavailable"],
  [6, "", "service", "invalid_request", "service", "invalid_request"],
  [6, "declined scopes are present", REQUIRED, "interaction_required", "service", "invalid_request"],
  [7, "", REQUIRED, "interaction_required", "user_cancelled", "dialog_closed_at_once"],
  [8, "", REQUIRED, "interaction_required", "service", "application_cancelled"],
  [9, "", "broker_unavailable", "broker_failed", "service", "invalid_configuration"],
  [11, "", "broker_unavailable", "broker_failed", "service", "invalid_configuration"],
  [12, "", "account_mismatch", "account_mismatch", "account_mismatch", "account_mismatch"],
  [13, "", REQUIRED, "interaction_required", "service", "interaction_required"],
  [16, "", REQUIRED, "account_not_found", "service", "account_not_found"],
  [77, "", "broker_unavailable", "broker_failed", "service", "broker_error"],
];

describe.runIf(hasBus)("a refusal", () => {
  test("means the same each time, silently and with a window, and names its tag", async () => {
    for (const [status, context, code, detail, codeInWindow, detailInWindow] of STATUSES) {
      const { broker, client } = await brokerOnBus({ hurried: true });
      const silently = brokerFailure("getAccounts", { status, context, tag: 4711 });
      broker.script("getAccounts", silently, silently);
      const error = await client.silentForDefault(askFor()).catch((thrown: unknown) => thrown);
      expect({ status, context, error }).toMatchObject({ error: { code, detail } });
      broker.unscript();
      const inWindow = brokerFailure("acquireTokenInteractively", { status, context, tag: 4711 });
      broker.script("acquireTokenInteractively", inWindow);
      const shown = await client.interactive(askFor(), {}).catch((thrown: unknown) => thrown);
      expect({ status, context, error: shown }).toMatchObject({
        error: { code: codeInWindow, detail: detailInWindow },
      });
      expect((shown as Error).name).not.toBe("AuthenticationRequiredError");
    }
  });

  test("by a broker that has served before leads to no browser", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    await client.silentFor(askFor(), sought(ADA));
    broker.script("acquireTokenSilently", brokerFailure("acquireTokenSilently", { status: 0 }));
    await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({
      code: "service",
      detail: "broker_error",
      cause: { status: 0, tag: 595_719_680 },
    });
  });

  // What it lists says nothing of what it can do.
  test.each([0, 9, 11, 77])(
    "of the status %i, before a token ever came, leads to the browser, also where accounts are listed",
    async (status) => {
      const { broker, client } = await brokerOnBus();
      broker.accounts = [ADA];
      await client.list(askFor());
      broker.script("acquireTokenSilently", brokerFailure("acquireTokenSilently", { status }));
      await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({
        code: "broker_unavailable",
        detail: "broker_failed",
        cause: { status },
      });
      // Where the window follows by itself, that is tried first.
      broker.script("acquireTokenSilently", brokerFailure("acquireTokenSilently", { status }));
      await expect(client.silentForDefault(askFor())).rejects.toMatchObject({ code: "service" });
    },
  );

  test("counts, also beside a token", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    const token = { accessToken: "secret-token", expiresOn: Date.now() + 3_600_000 };
    const error = { status: 2, tag: 1, context: "(pii)" };
    broker.script("acquireTokenSilently", json({ brokerTokenResponse: { ...token, error } }));
    await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({ code: REQUIRED });
  });

  // the error's name, its text: code and detail silently; with a window
  test.each([
    ["ServiceUnknown", "", "broker_unavailable", "broker_missing"],
    ["Spawn.ChildExited", "", "broker_unavailable", "broker_not_starting"],
    ["Spawn.FileInvalid", "", "broker_unavailable", "broker_not_starting"],
    ["TimedOut", "", "broker_unavailable", "broker_not_starting"],
    ["UnknownObject", "", "broker_unavailable", "broker_not_starting"],
    ["UnknownMethod", "", "broker_unavailable", "broker_too_old"],
    ["UnknownInterface", "", "broker_unavailable", "broker_too_old"],
    ["InvalidArgs", "", "broker_unavailable", "broker_too_old"],
    ["NotSupported", "", "broker_unavailable", "broker_too_old"],
    ["NameHasNoOwner", "", "broker_unavailable", "broker_missing"],
    ["LimitsExceeded", "", "network", "server_unavailable"],
    ["AccessDenied", "", "broker_unavailable", "bus_access_denied"],
    ["NoReply", "", "service", "broker_ended"],
    ["Failed", "No interactive prompt available", "broker_unavailable", "no_display"],
    ["Failed", "broker socket connect: no such file", "network", "broker_busy"],
    ["Failed", "Interactive authentication failed: x", "service", "broker_sign_in_failed"],
    ["Failed", "Missing account username in request", "service", "broker_needs_account"],
    ["Failed", "something else", "service", "broker_error"],
  ])("of the bus, %s %s", async (name, text, code, detail) => {
    const { broker, client } = await brokerOnBus({ hurried: true });
    const many = Array.from({ length: 200 }, () => dbusError(name, text));
    broker.script("acquireTokenInteractively", ...many);
    const error = await client.interactive(askFor(), {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, detail });
    expect((error as Error).message).not.toContain("something else");
    const windows = broker.called.filter((member) => member === "acquireTokenInteractively").length;
    if (!name.startsWith("Unknown")) expect(windows).toBe(1);
  });
});

describe.runIf(hasBus)("an answer that is none", () => {
  test.each([
    ["no JSON", { text: "<secret-token>" }],
    ["no object", { text: "[]" }],
    ["no token response", { text: "{}" }],
    ["no text", { signature: "u", body: Buffer.alloc(4) }],
    ["an empty token", json({ brokerTokenResponse: { accessToken: "" } })],
    ["a token with a line break", json({ brokerTokenResponse: { accessToken: "secret-token\r\nX: y" } })],
    [
      "a token of another type",
      json({
        brokerTokenResponse: { accessToken: "secret-token", accessTokenType: 1, expiresOn: Date.now() },
      }),
    ],
    [
      "seconds in the place of milliseconds",
      json({
        brokerTokenResponse: { accessToken: "secret-token", expiresOn: Math.floor(Date.now() / 1000) },
      }),
    ],
    [
      "a token for another application",
      json({
        brokerTokenResponse: {
          accessToken: "secret-token",
          expiresOn: Date.now() + 1e6,
          idToken: jwt({ aud: "another" }),
        },
      }),
    ],
  ])("%s", async (_, reply) => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    broker.script("acquireTokenSilently", reply);
    const error = await client.silentFor(askFor(), sought(ADA)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "invalid_response", detail: "broker_invalid_response" });
    expect(JSON.stringify([String(error), error])).not.toContain("secret-token");
  });

  test("because it is too long, ends the connection and not the process", async () => {
    const { broker, client } = await brokerOnBus();
    broker.accounts = [ADA];
    const long = { text: "x".repeat(2 * 1024 * 1024) };
    broker.script("acquireTokenSilently", long, long);
    await expect(client.silentFor(askFor(), sought(ADA))).rejects.toMatchObject({ detail: "broker_ended" });
    expect(await client.silentFor(askFor(), sought(ADA))).toMatchObject({ homeAccountId: homeOf(ADA) });
  });
});
