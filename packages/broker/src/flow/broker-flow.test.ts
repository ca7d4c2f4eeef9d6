import { describeFlow, virtualClock } from "@entrada/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import {
  ADA,
  BOB,
  CLIENT_ID,
  CONTOSO,
  FABRIKAM,
  GUEST,
  SOPHIE,
  SOPHIE_AS_GUEST,
  homeIdOf,
  recordOf,
  webAccountOf,
} from "../../test/fake-account.ts";
import { FakeWam, refused } from "../../test/fake-wam.ts";
import {
  ARM,
  STORAGE,
  flowOnFake,
  interactiveRequest,
  reasonOf,
  silentRequest,
  type FlowOnFake,
} from "../../test/flow-on-fake.ts";

const MOVES = { approve: "approve", decline: "cancel", ignore: "ignore" } as const;

describeFlow("broker", async () => {
  const { fake, flow } = flowOnFake();
  return {
    flow,
    person: (action) => (fake.move = MOVES[action]),
    prompts: () => fake.count("request", "window"),
    requests: () => fake.count("request"),
    tenantId: "organizations",
    scopes: [ARM, STORAGE],
    dispose: () => {},
  };
});

let fake: FakeWam;
let on: FlowOnFake;
const start = (options: Parameters<typeof flowOnFake>[0] = {}): FlowOnFake =>
  (on = flowOnFake({ fake, ...options }));
beforeEach(() => {
  fake = new FakeWam();
});

describe("a silent request", () => {
  test("has what Entra's plugin expects: authority, scopes, properties, correlation id, account", async () => {
    fake.known.push(ADA);
    const { flow } = start({ authorityHost: "https://login.microsoftonline.us" });
    const request = silentRequest({ account: recordOf(ADA), tenantId: CONTOSO, enableCae: true });
    await flow.silent(request);
    expect(fake.requests).toEqual([
      {
        operationId: expect.any(Number),
        mode: "silent",
        providerAuthority: `https://login.microsoftonline.us/${CONTOSO}`,
        clientId: CLIENT_ID,
        scope: `${ARM} offline_access openid profile`,
        correlationId: request.correlationId,
        promptType: 0,
        properties: {
          wam_compat: "2.0",
          return_account_on_failure: "true",
          claims: '{"access_token":{"xms_cc":{"values":["cp1"]}}}',
        },
        webAccountId: webAccountOf(ADA).id,
      },
    ]);
  });

  test("has what the plugin for personal accounts expects", async () => {
    fake.known.push(SOPHIE);
    fake.personalAccountsAreListed = true;
    const { flow } = start();
    await flow.silent(silentRequest({ account: recordOf(SOPHIE), tenantId: "common" }));
    expect(fake.requests[0]).toMatchObject({
      providerAuthority: "consumers",
      scope: `${ARM} openid profile`,
      properties: { "api-version": "2.0", oauth2_batch: "1", "x-client-info": "1" },
    });
  });

  test("merges a claims challenge with the capability cp1", async () => {
    fake.known.push(ADA);
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
    await start().flow.silent(silentRequest({ account: recordOf(ADA), claims, enableCae: true }));
    expect(JSON.parse(fake.requests[0]?.properties?.["claims"] ?? "")).toEqual({
      access_token: { nbf: { essential: true, value: "1700000000" }, xms_cc: { values: ["cp1"] } },
    });
  });

  test("that nobody waits for is made in the background, each of its calls", async () => {
    fake.windowsAccount = ADA;
    fake.known.push(SOPHIE);
    fake.script("listAccounts", { fails: { hresult: 0x8007_0005 } });
    const { flow } = start({ useDefaultBrokerAccount: true });
    await flow.silent(silentRequest({ background: true }));
    await flow.silent(silentRequest({ background: true, account: recordOf(SOPHIE) })).catch(() => {});
    expect(new Set(fake.calls.map(({ operation }) => operation))).toEqual(
      new Set(["defaultAccountKind", "request", "listAccounts"]),
    );
    for (const { operation, details } of fake.calls) {
      expect({ operation, background: details["background"] }).toEqual({ operation, background: true });
    }
  });

  test("that a caller waits for is not", async () => {
    fake.known.push(ADA);
    await start().flow.silent(silentRequest({ account: recordOf(ADA), background: false }));
    for (const { details } of fake.calls) expect(details).not.toHaveProperty("background");
  });

  test("without an account is never made on behalf of whoever Windows is signed in as", async () => {
    fake.windowsAccount = BOB;
    const { flow } = start();
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({
      code: "authentication_required",
      detail: "no_account",
    });
    expect(fake.calls).toEqual([]);
  });
});

describe("a record from an earlier process", () => {
  test("finds its account by home account id among others, whoever Windows is signed in as", async () => {
    fake.windowsAccount = BOB;
    fake.known.push(GUEST, ADA);
    const answer = await start().flow.silent(silentRequest({ account: recordOf(ADA) }));
    expect(answer.account).toEqual(recordOf(ADA));
    expect(fake.requests.map(({ webAccountId }) => webAccountId)).toEqual([webAccountOf(ADA).id]);
  });

  test("asks for the person when Windows does not know the account, and asks nobody else", async () => {
    fake.windowsAccount = BOB;
    const error = await reasonOf(start().flow.silent(silentRequest({ account: recordOf(ADA) })));
    expect(error).toMatchObject({ code: "authentication_required", detail: "account_not_found" });
    expect(fake.count("request")).toBe(0);
  });

  test("finds a guest, whom Windows lists by other ids, by name, and proves it by the answer", async () => {
    fake.known.push(GUEST);
    const request = silentRequest({ account: recordOf(GUEST), tenantId: CONTOSO });
    const answer = await start().flow.silent(request);
    expect([answer.account.homeAccountId, answer.tenantId]).toEqual([homeIdOf(GUEST), CONTOSO]);
  });

  test("is not taken for a new account of the same name", async () => {
    fake.known.push(ADA);
    const gone = { ...recordOf(ADA), homeAccountId: `11111111-2222-4333-8444-555555555555.${CONTOSO}` };
    const error = await reasonOf(start().flow.silent(silentRequest({ account: gone })));
    expect(error).toMatchObject({ detail: "account_not_found" });
    expect(fake.count("request")).toBe(0);
  });

  test("looks under every spelling of the client id that Windows may know", async () => {
    const clientId = "AbC-1";
    await reasonOf(start({ clientId }).flow.silent(silentRequest({ account: recordOf(ADA) })));
    const asked = fake.calls.filter(({ operation }) => operation === "listAccounts");
    expect(asked.map(({ details }) => details["clientId"])).toEqual(["AbC-1", "abc-1", "ABC-1"]);
  });

  test("of a personal account, which Windows does not list, is served as Windows's own only if it is that one", async () => {
    fake.windowsAccount = SOPHIE;
    const { flow } = start();
    const answer = await flow.silent(silentRequest({ account: recordOf(SOPHIE), tenantId: "consumers" }));
    expect(answer.account).toEqual(recordOf(SOPHIE));

    const other = {
      ...recordOf(SOPHIE),
      homeAccountId: `00000000-0000-0000-0000-000000000001.${SOPHIE.tenantId}`,
    };
    const error = await reasonOf(flow.silent(silentRequest({ account: other, tenantId: "consumers" })));
    expect(error).toMatchObject({ code: "authentication_required", detail: "account_not_found" });
  });

  test("of a personal account that is a guest is asked of Entra, in the tenant that invited it", async () => {
    fake.known.push(SOPHIE_AS_GUEST);
    fake.windowsAccount = SOPHIE;
    const account = recordOf(SOPHIE_AS_GUEST, CONTOSO);
    const { flow } = start();
    const answer = await flow.silent(silentRequest({ account, tenantId: CONTOSO }));
    expect(answer).toMatchObject({ account, tenantId: CONTOSO });
    expect(fake.requests[0]?.providerAuthority).toBe(`https://login.microsoftonline.com/${CONTOSO}`);

    await flow.interactive(interactiveRequest({ account, tenantId: CONTOSO }));
    expect(fake.requests.at(-1)).toMatchObject({
      mode: "window",
      providerAuthority: `https://login.microsoftonline.com/${CONTOSO}`,
      webAccountId: "wam-sophie",
    });
  });

  test("of a personal account costs no request when Windows is signed in with a work account", async () => {
    fake.windowsAccount = ADA;
    const request = silentRequest({ account: recordOf(SOPHIE), tenantId: "consumers" });
    expect(await reasonOf(start().flow.silent(request))).toMatchObject({ detail: "account_not_found" });
    expect(fake.count("request")).toBe(0);
  });

  test("is not served by a Windows that answers for somebody else", async () => {
    fake.known.push(ADA);
    fake.script("request", { answersFor: BOB });
    const error = await reasonOf(start().flow.silent(silentRequest({ account: recordOf(ADA) })));
    expect(error).toMatchObject({ name: "AuthenticationError", code: "account_mismatch" });
    expect(JSON.stringify(error) + error.stack).not.toContain("secret-token");
  });

  test("survives that Windows has given the account a new id", async () => {
    const { flow } = start();
    const { account } = await flow.interactive(interactiveRequest());
    fake.script("findAccount", { result: null as never });
    await flow.silent(silentRequest({ account }));
    expect([fake.count("findAccount"), fake.count("listAccounts") > 0]).toEqual([1, true]);
  });

  test("is asked for by the id of the last sign-in, without listing accounts again", async () => {
    const { flow } = start();
    const { account } = await flow.interactive(interactiveRequest());
    await flow.silent(silentRequest({ account, scopes: [STORAGE] }));
    expect([fake.count("findAccount"), fake.count("listAccounts")]).toEqual([1, 0]);
  });
});

describe("the account of Windows", () => {
  test("is used silently when that was asked for", async () => {
    fake.windowsAccount = ADA;
    const { flow } = start({ useDefaultBrokerAccount: true });
    const answer = await flow.silent(silentRequest());
    expect(answer.account).toEqual(recordOf(ADA));
    expect(fake.requests[0]).not.toHaveProperty("webAccountId");
    expect(fake.count("request", "window")).toBe(0);
  });

  test("decides the kind under the tenant common", async () => {
    fake.windowsAccount = SOPHIE;
    const { flow } = start({ useDefaultBrokerAccount: true, tenantId: "common" });
    await flow.silent(silentRequest({ tenantId: "common" }));
    expect(fake.requests[0]?.providerAuthority).toBe("consumers");

    fake.windowsAccount = undefined;
    await reasonOf(flow.silent(silentRequest({ tenantId: "common" })));
    expect(fake.requests[1]?.providerAuthority).toBe("https://login.microsoftonline.com/common");
  });

  test.each([
    ["is not there", undefined],
    ["needs its person", refused(3)],
    ["fails in an unknown way", refused(5, 0xdeadbeef)],
    ["is refused by a policy", refused(5, 0xcaa20004, "AADSTS53003: blocked")],
  ])("gives way to the picker when it %s", async (_, outcome) => {
    fake.windowsAccount = outcome === undefined ? undefined : ADA;
    if (outcome) fake.script("request", outcome);
    const { flow } = start({ useDefaultBrokerAccount: true });
    expect(await reasonOf(flow.silent(silentRequest({ tenantId: CONTOSO })))).toMatchObject({
      code: "authentication_required",
    });
  });

  test.each([
    ["there is no network", refused(5, 0xcaa82ee7), "network"],
    ["the registration is wrong", refused(5, 0xcaa20009), "service"],
    ["Windows has no provider", refused(4), "broker_unavailable"],
  ])("does not lead to a picker when %s", async (_, outcome, code) => {
    fake.windowsAccount = ADA;
    fake.script("request", outcome);
    const { flow } = start({ useDefaultBrokerAccount: true });
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({ code });
  });

  test("is not taken for the person of a login hint", async () => {
    fake.windowsAccount = BOB;
    const { flow } = start({ useDefaultBrokerAccount: true, loginHint: ADA.username });
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({
      code: "authentication_required",
      detail: "default_account_differs",
    });
  });

  test("does not step in for a record", async () => {
    fake.windowsAccount = BOB;
    fake.known.push(ADA);
    const { flow } = start({ useDefaultBrokerAccount: true });
    const answer = await flow.silent(silentRequest({ account: recordOf(ADA) }));
    expect(answer.account.username).toBe(ADA.username);
  });

  test("is not served again after it was signed out here", async () => {
    fake.windowsAccount = ADA;
    const { flow } = start({ useDefaultBrokerAccount: true });
    const { account } = await flow.silent(silentRequest());
    await flow.signOut(account);
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({ detail: "signed_out" });
  });
});

describe("the dialog", () => {
  const dialog = (): Record<string, unknown> => {
    const { promptType, properties, webAccountId, providerAuthority } = fake.requests.at(-1) ?? {};
    return { promptType, properties, webAccountId, providerAuthority };
  };

  test("offers a choice when nobody is settled", async () => {
    await start().flow.interactive(interactiveRequest());
    expect(dialog()).toMatchObject({
      promptType: 1,
      properties: { prompt: "select_account" },
      webAccountId: undefined,
    });
    expect(fake.count("listAccounts")).toBe(0);
  });

  test("is for the record's account, and asks only for what is missing", async () => {
    fake.known.push(BOB, ADA);
    await start().flow.interactive(interactiveRequest({ account: recordOf(ADA), loginHint: ADA.username }));
    expect(dialog()).toMatchObject({
      promptType: 0,
      properties: { hsu: "1" },
      webAccountId: webAccountOf(ADA).id,
    });
  });

  test("signs the record's account in anew for the prompt login", async () => {
    fake.known.push(ADA);
    await start().flow.interactive(interactiveRequest({ account: recordOf(ADA), prompt: "login" }));
    expect(dialog()).toMatchObject({ promptType: 1, webAccountId: webAccountOf(ADA).id });
    expect(dialog()["properties"]).not.toHaveProperty("hsu");
  });

  test("begins with the record's name when Windows has forgotten the account", async () => {
    await start().flow.interactive(interactiveRequest({ account: recordOf(BOB) }));
    expect(dialog()).toMatchObject({ promptType: 1, properties: { LoginHint: BOB.username } });
    expect(dialog()["properties"]).not.toHaveProperty("prompt");
  });

  test("refuses another account than the record's", async () => {
    fake.known.push(ADA);
    fake.script("request", { answersFor: BOB });
    const { flow } = start();
    const error = await reasonOf(flow.interactive(interactiveRequest({ account: recordOf(ADA) })));
    expect(error).toMatchObject({ code: "account_mismatch" });
  });

  test("goes straight to the account of a login hint that Windows knows", async () => {
    fake.known.push(BOB, ADA);
    const { flow } = start({ loginHint: "ADA@Contoso.Example" });
    await flow.interactive(interactiveRequest({ loginHint: "ADA@Contoso.Example" }));
    expect(dialog()).toMatchObject({ promptType: 1, webAccountId: webAccountOf(ADA).id });
    expect(dialog()["properties"]).not.toHaveProperty("LoginHint");
  });

  test("hands on a login hint that Windows does not know", async () => {
    const { flow } = start({ loginHint: BOB.username });
    await flow.interactive(interactiveRequest({ loginHint: BOB.username }));
    expect(dialog()).toMatchObject({
      promptType: 1,
      properties: { LoginHint: BOB.username },
      webAccountId: undefined,
    });
    expect(dialog()["properties"]).not.toHaveProperty("prompt");
  });

  test("offers a choice in spite of a login hint when select_account was asked for", async () => {
    fake.known.push(ADA);
    const { flow } = start({ loginHint: ADA.username });
    await flow.interactive(interactiveRequest({ loginHint: ADA.username, prompt: "select_account" }));
    expect(dialog()).toMatchObject({ properties: { prompt: "select_account" }, webAccountId: undefined });
  });

  test("adds a personal account through the plugin for them", async () => {
    await start().flow.interactive(interactiveRequest({ tenantId: "consumers" }));
    expect(dialog()).toMatchObject({
      providerAuthority: "consumers",
      promptType: 1,
      properties: { Client_uiflow: "new_account" },
    });
    const { flow } = start({ loginHint: "new@mail.example" });
    fake.script("request", { answersFor: SOPHIE });
    await flow.interactive(interactiveRequest({ tenantId: "consumers", loginHint: "new@mail.example" }));
    expect(dialog()).toMatchObject({
      properties: { Client_uiflow: "new_account", LoginHint: "new@mail.example" },
    });
  });

  test("returns to the account whose silent request just asked for its person", async () => {
    const { flow } = start();
    const { account } = await flow.interactive(interactiveRequest());
    fake.needPerson.add(ADA);
    await reasonOf(flow.silent(silentRequest({ account })));
    await flow.interactive(interactiveRequest({ loginHint: account.username }));
    expect(dialog()).toMatchObject({ promptType: 0, webAccountId: webAccountOf(ADA).id });
  });

  test("offers a choice though a renewal in the background had need of its person", async () => {
    const { flow } = start();
    const { account } = await flow.interactive(interactiveRequest());
    fake.needPerson.add(ADA);
    await reasonOf(flow.silent(silentRequest({ account, background: true })));
    await flow.interactive(interactiveRequest({ loginHint: ADA.username }));
    expect(dialog()).toMatchObject({ properties: { prompt: "select_account" } });
  });

  test("offers a choice again after that person has closed theirs", async () => {
    const { flow } = start();
    const { account } = await flow.interactive(interactiveRequest());
    const loginHint = ADA.username;
    fake.needPerson.add(ADA);
    await reasonOf(flow.silent(silentRequest({ account, loginHint })));
    fake.move = "cancel";
    await reasonOf(flow.interactive(interactiveRequest({ loginHint })));
    expect(dialog()).toMatchObject({ webAccountId: "wam-ada" });
    await reasonOf(flow.interactive(interactiveRequest({ loginHint })));
    expect(dialog()).toMatchObject({ properties: { prompt: "select_account" }, webAccountId: undefined });
  });

  test("offers a choice to a person who is signed in and asks for another prompt", async () => {
    const { flow } = start();
    const { account } = await flow.interactive(interactiveRequest());
    fake.move = { picks: BOB };
    const answer = await flow.interactive(interactiveRequest({ loginHint: account.username }));
    expect(dialog()).toMatchObject({ properties: { prompt: "select_account" } });
    expect(answer.account.username).toBe(BOB.username);
  });

  test("shows nothing for the prompt none", async () => {
    const { flow } = start();
    const error = await reasonOf(flow.interactive(interactiveRequest({ prompt: "none" })));
    expect(error).toMatchObject({ code: "authentication_required" });
    const { account } = await flow.interactive(interactiveRequest());
    await flow.interactive(interactiveRequest({ prompt: "none", loginHint: account.username }));
    expect(fake.count("request", "window")).toBe(1);
  });

  test("counts a switch of accounts with a token as success", async () => {
    fake.script("request", { answersFor: BOB, status: 2 });
    const answer = await start().flow.interactive(interactiveRequest());
    expect(answer.account.username).toBe(BOB.username);
  });

  test("is announced by an event before it is shown", async () => {
    const { flow } = start();
    const seen: string[] = [];
    const shown = fake.next("request", "window").then(() => seen.push("dialog"));
    await flow.interactive(interactiveRequest({ report: ({ type, flow }) => seen.push(`${flow} ${type}`) }));
    await shown;
    expect(seen).toEqual(["broker prompt", "dialog"]);
  });
});

describe("the tenant common", () => {
  test("lets the person say which kind of account it is", async () => {
    fake.pane = "consumers";
    const { flow } = start({ tenantId: "common" });
    const answer = await flow.interactive(interactiveRequest({ tenantId: "common" }));
    expect(answer.account.username).toBe(SOPHIE.username);
    expect(fake.calls[0]).toMatchObject({
      operation: "pickProvider",
      details: { kinds: ["organizations", "consumers"], windowHandle: "console" },
    });
  });

  test("takes a closed pane for a no", async () => {
    fake.pane = null;
    const { flow } = start({ tenantId: "common" });
    const error = await reasonOf(flow.interactive(interactiveRequest({ tenantId: "common" })));
    expect(error).toMatchObject({ code: "user_cancelled" });
  });

  test("needs no pane for an account that is known", async () => {
    fake.known.push(SOPHIE);
    fake.personalAccountsAreListed = true;
    const { flow } = start({ tenantId: "common" });
    await flow.interactive(interactiveRequest({ tenantId: "common", account: recordOf(SOPHIE) }));
    expect(fake.requests[0]).toMatchObject({
      providerAuthority: "consumers",
      webAccountId: webAccountOf(SOPHIE).id,
    });
    expect(fake.count("pickProvider")).toBe(0);
  });

  test("is unavailable to an administrator, before anything is shown", async () => {
    fake.probeResult = { ...fake.probeResult, elevated: true };
    const { flow } = start({ tenantId: "common" });
    const error = await reasonOf(flow.interactive(interactiveRequest({ tenantId: "common" })));
    expect(error).toMatchObject({ code: "broker_unavailable", detail: "elevated_picker" });
    expect(fake.calls).toEqual([]);
  });

  test("goes by the account of Windows where this Windows has no pane", async () => {
    const { features } = fake.probeResult;
    fake.probeResult = { ...fake.probeResult, features: { ...features, accountPicker: false } };
    fake.windowsAccount = SOPHIE;
    const { flow } = start({ tenantId: "common" });
    await flow.interactive(interactiveRequest({ tenantId: "common" }));
    expect(fake.requests[0]?.providerAuthority).toBe("consumers");
  });

  test("does not start over in a browser after the person has chosen in the pane", async () => {
    fake.providers.delete("organizations");
    const { flow } = start({ tenantId: "common" });
    const error = await reasonOf(flow.interactive(interactiveRequest({ tenantId: "common" })));
    expect(error).toMatchObject({ code: "service", detail: "provider_unavailable" });
  });
});

describe("passthrough of personal accounts", () => {
  test("carries a personal account over to Entra ID in two requests", async () => {
    fake.windowsAccount = SOPHIE;
    fake.script(
      "request",
      { result: { status: 0, responses: [{ token: "code=transfer%2Bcode&scope=x", properties: {} }] } },
      { answersFor: ADA },
    );
    const { flow } = start({ legacyEnableMsaPassthrough: true, useDefaultBrokerAccount: true });
    await flow.silent(silentRequest());
    expect(fake.requests).toMatchObject([
      {
        providerAuthority: "consumers",
        scope: "openid profile email service::login.microsoftonline.com::PURPOSE_AAD_WAM_TRANSFER",
      },
      {
        providerAuthority: "https://login.microsoftonline.com/organizations",
        scope: `${ARM} offline_access openid profile`,
        properties: { SamlAssertion: "transfer+code", SamlAssertionType: "SAMLV1", wam_compat: "2.0" },
      },
    ]);
  });

  test("changes nothing for a work account", async () => {
    fake.windowsAccount = ADA;
    const { flow } = start({ legacyEnableMsaPassthrough: true, useDefaultBrokerAccount: true });
    expect((await flow.silent(silentRequest())).account).toEqual(recordOf(ADA));
    expect(fake.count("request")).toBe(1);
  });
});

describe("accounts", () => {
  test("are those met, the last first, then those that Windows knows", async () => {
    const { flow } = start();
    fake.known.push(BOB, SOPHIE, GUEST);
    fake.personalAccountsAreListed = true;
    await flow.interactive(interactiveRequest());
    fake.move = { picks: GUEST };
    await flow.interactive(interactiveRequest({ tenantId: CONTOSO }));
    const names = (await flow.accounts()).map(({ username }) => username);
    expect(names.slice(0, 2)).toEqual([GUEST.username, ADA.username]);
    expect(new Set(names)).toEqual(new Set([ADA, BOB, GUEST, SOPHIE].map(({ username }) => username)));
  });

  test("of one plugin are not hidden by the other's failure", async () => {
    fake.known.push(ADA);
    fake.providers.delete("consumers");
    expect(await start().flow.accounts()).toEqual([recordOf(ADA)]);
  });

  test("of another cloud are left out", async () => {
    fake.known.push(ADA);
    const web = webAccountOf(BOB);
    const elsewhere = {
      ...web,
      properties: { ...web.properties, Authority: "https://login.microsoftonline.us/x" },
    };
    fake.script("listAccounts", { result: { status: 0, accounts: [elsewhere, webAccountOf(ADA)] } });
    expect((await start().flow.accounts()).map(({ username }) => username)).toEqual([ADA.username]);
  });

  test("fail with a reason when no plugin can list them", async () => {
    fake.providers.clear();
    expect(await reasonOf(start().flow.accounts())).toMatchObject({ code: "broker_unavailable" });
  });
});

describe("signing out", () => {
  test("names the tenant, and ends what Windows would go on serving", async () => {
    fake.known.push(BOB);
    const { flow } = start();
    await flow.signOut(recordOf(BOB));
    expect(fake.calls.at(-1)).toMatchObject({
      operation: "signOut",
      details: { providerAuthority: CONTOSO, webAccountId: webAccountOf(BOB).id, clientId: CLIENT_ID },
    });
    fake.known.push(BOB);
    expect(await reasonOf(flow.silent(silentRequest({ account: recordOf(BOB) })))).toMatchObject({
      code: "authentication_required",
      detail: "signed_out",
    });
    expect(await flow.accounts()).toEqual([]);
    fake.move = { picks: BOB };
    await flow.interactive(interactiveRequest());
    await flow.silent(silentRequest({ account: recordOf(BOB) }));
  });

  test("of an account that is gone is no error", async () => {
    await expect(start().flow.signOut(recordOf(ADA))).resolves.toBeUndefined();
    expect(fake.count("signOut")).toBe(0);
  });

  test("of nobody in particular signs everybody out", async () => {
    fake.known.push(ADA, BOB);
    await start().flow.signOut();
    expect(fake.known).toEqual([]);
  });
});

describe("quiet work", () => {
  test("ends after 30 s, and WAM is told", async () => {
    const clock = virtualClock();
    fake.known.push(ADA);
    fake.script("request", { hangs: true });
    const { flow } = start({ clock });
    const asked = fake.next("request");
    const pending = reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })));
    await asked;
    await clock.advance(30_000);
    expect(await pending).toMatchObject({
      code: "timeout",
      detail: "broker_silent_timeout",
      retryable: true,
    });
    expect([fake.cancelled.length, fake.pending, clock.pending]).toEqual([1, 0, 0]);
  });

  test("asks again after a hiccup of Windows, three times at most", async () => {
    const clock = virtualClock();
    fake.known.push(ADA);
    fake.script("request", refused(5, 0xcaad0001), { fails: { hresult: 0x80080300 } });
    const { flow } = start({ clock });
    let asked = fake.next("request");
    const answer = flow.silent(silentRequest({ account: recordOf(ADA) }));
    await asked;
    for (const ms of [500, 1500]) {
      asked = fake.next("request");
      await clock.advance(ms);
      await asked;
    }
    expect((await answer).account.username).toBe(ADA.username);
    expect(fake.count("request")).toBe(3);

    fake.script("request", ...Array.from({ length: 4 }, () => refused(5, 0xcaad0001)));
    asked = fake.next("request");
    const failure = reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })));
    await asked;
    for (const ms of [500, 1500]) {
      asked = fake.next("request");
      await clock.advance(ms);
      await asked;
    }
    expect(await failure).toMatchObject({ code: "network", detail: "broker_busy", retryable: true });
    expect(fake.count("request")).toBe(6);
  });

  test("does not ask again in a dialog", async () => {
    fake.script("request", refused(5, 0xcaad0001));
    expect(await reasonOf(start().flow.interactive(interactiveRequest()))).toMatchObject({ code: "network" });
    expect(fake.count("request")).toBe(1);
  });
});

test("authorities that WAM does not serve are left to the browser, before WAM is asked", async () => {
  for (const options of [{ authorityHost: "https://contoso.b2clogin.com" }, { tenantId: "adfs" }]) {
    const { flow } = start(options);
    const request = interactiveRequest({ tenantId: options.tenantId ?? FABRIKAM });
    expect(await reasonOf(flow.interactive(request))).toMatchObject({
      code: "broker_unavailable",
      detail: "authority_unsupported",
    });
  }
  expect(fake.calls).toEqual([]);
});

test("warnings of an answer become events", async () => {
  fake.known.push(ADA);
  const { flow } = start();
  const response = { token: "secret-token", properties: {}, account: webAccountOf(ADA) };
  fake.script("request", { result: { status: 0, responses: [response] } });
  const answer = await flow.silent(silentRequest({ account: recordOf(ADA) }));
  expect(answer.expiresOnTimestamp).toBeLessThanOrEqual(Date.now());
  expect(on.events).toMatchObject([{ type: "warning", flow: "broker", code: "expires_on_missing" }]);
});
