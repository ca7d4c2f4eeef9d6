import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { virtualClock } from "@entrada/core/testing";
import { InteractiveBrowserBrokerCredential, WamBrokerPlugin } from "../src/index.ts";
import {
  ADA,
  BOB,
  CLIENT_ID,
  CONTOSO,
  FABRIKAM,
  GUEST,
  homeIdOf,
  recordOf,
  responseOf,
  type FakeAccount,
} from "./fake-account.ts";
import { FakeWam, refused, type Outcome } from "./fake-wam.ts";
import { ARM, flowOnFake, interactiveRequest, reasonOf, silentRequest } from "./flow-on-fake.ts";

const DOMAIN = "contoso.example";
const HOST = "https://login.microsoftonline.com";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
  fake.known.push(ADA);
});

/** An answer for an account, of one tenant, with other names in its ID token. */
function answerOf(
  account: FakeAccount,
  { tenantId = account.tenantId, names = {}, idToken = true }: Readonly<AnswerDetails> = {},
): Outcome {
  const grant = { account, clientId: CLIENT_ID, scope: ARM, tenantId, serial: 1, now: Date.now() };
  const good = responseOf(grant);
  const properties: Record<string, string> = { ...good.properties };
  if (idToken) {
    const claims = { aud: CLIENT_ID, tid: tenantId, oid: account.objectId, ...names };
    properties["wamcompat_id_token"] =
      `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;
  } else {
    delete properties["wamcompat_id_token"];
    delete properties["Authority"];
  }
  return { result: { status: 0, responses: [{ ...good, properties }] } };
}
interface AnswerDetails {
  readonly tenantId?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly idToken?: boolean;
}

/** An authority that knows one domain. */
function authority(id: string | undefined): { readonly fetch: typeof fetch; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (url) => {
      asked.push(url as string);
      if (id === undefined) throw new TypeError("fetch failed");
      const document = {
        issuer: `${HOST}/${id}/v2.0`,
        authorization_endpoint: `${HOST}/${id}/oauth2/v2.0/authorize`,
        token_endpoint: `${HOST}/${id}/oauth2/v2.0/token`,
      };
      return Response.json(document);
    },
  };
}

describe("a tenant that is asked for by its domain", () => {
  const credentialAt = (id: string | undefined) => {
    const entra = authority(id);
    const credential = new InteractiveBrowserBrokerCredential({
      transport: fake,
      clientId: CLIENT_ID,
      tenantId: DOMAIN,
      authenticationRecord: recordOf(ADA),
      fetch: entra.fetch,
      browserFallback: "never",
      disableInteractiveFallback: true,
    });
    return { credential, asked: entra.asked };
  };

  test("is compared by its id, which is looked up once", async () => {
    const { credential, asked } = credentialAt(CONTOSO);
    await credential.getToken(ARM);
    await credential.getToken("https://storage.azure.com/.default");
    expect(asked).toEqual([`${HOST}/${DOMAIN}/v2.0/.well-known/openid-configuration`]);
  });

  test("refuses a token of another", async () => {
    const { credential } = credentialAt(FABRIKAM);
    expect(await reasonOf(credential.getToken(ARM))).toMatchObject({
      code: "account_mismatch",
      detail: "tenant_mismatch",
    });
  });

  test("that nobody can tell is not another", async () => {
    const { credential, asked } = credentialAt(undefined);
    await expect(credential.getToken(ARM)).resolves.toMatchObject({ token: expect.any(String) });
    await credential.getToken("https://storage.azure.com/.default");
    expect(asked.length).toBe(1);
  });

  test("of an answer that does not tell is the asked one", async () => {
    const { credential } = credentialAt(FABRIKAM);
    fake.script("request", answerOf(ADA, { idToken: false }));
    await expect(credential.getToken(ARM)).resolves.toMatchObject({ token: expect.any(String) });
  });

  test("is not looked up where it is named by its id or by a word", async () => {
    const entra = authority(CONTOSO);
    for (const tenantId of [CONTOSO, "organizations"]) {
      const credential = new InteractiveBrowserBrokerCredential({
        transport: fake,
        clientId: CLIENT_ID,
        tenantId,
        authenticationRecord: recordOf(ADA),
        fetch: entra.fetch,
      });
      await credential.getToken(ARM);
    }
    expect(entra.asked).toEqual([]);
  });
});

describe("a login hint", () => {
  const ALIAS = "countess@alias.example";
  const GUEST_FORM = "ada_contoso.example#EXT#@fabrikam.example";
  const NAMES: readonly [string, string, Record<string, string>][] = [
    ["preferred_username", ALIAS, { preferred_username: ALIAS }],
    ["upn", ALIAS, { preferred_username: ADA.username, upn: ALIAS }],
    ["email", ALIAS, { preferred_username: ADA.username, email: ALIAS }],
    ["capital letters", ADA.username.toUpperCase(), { preferred_username: ADA.username }],
    ["a guest's name", ADA.username, { preferred_username: GUEST_FORM }],
    ["a guest's name asked for", GUEST_FORM, { preferred_username: ADA.username }],
  ];

  test.each(NAMES)("names the account of Windows by %s", async (_, loginHint, names) => {
    fake.windowsAccount = ADA;
    const { flow } = flowOnFake({ fake, loginHint, useDefaultBrokerAccount: true });
    fake.script("request", answerOf(ADA, { names }));
    await expect(flow.silent(silentRequest())).resolves.toMatchObject({
      account: { homeAccountId: homeIdOf(ADA) },
    });
    const plugin = new WamBrokerPlugin({ transport: fake });
    fake.script("request", answerOf(ADA, { names }));
    const request = { ...pluginRequest, prompt: "none", loginHint };
    await expect(plugin.acquireTokenSilent(request)).resolves.toMatchObject({ tokenType: "Bearer" });
  });

  test("of somebody else is none of these", async () => {
    fake.windowsAccount = BOB;
    const { flow } = flowOnFake({ fake, loginHint: ADA.username, useDefaultBrokerAccount: true });
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({ detail: "default_account_differs" });
  });

  test("in a guest's form asks for the account that Windows lists", async () => {
    const { flow } = flowOnFake({ fake, loginHint: GUEST_FORM });
    await flow.interactive(interactiveRequest());
    expect(fake.requests[0]?.webAccountId).toBe("wam-ada");
  });

  test("is remembered with the account that it led to", async () => {
    const { flow, engine } = flowOnFake({ fake, loginHint: ALIAS, prompt: "login" });
    fake.script("request", answerOf(ADA));
    await engine.authenticate(ARM);
    expect(await flow.accountOf(ALIAS)).toMatchObject({ homeAccountId: homeIdOf(ADA) });
    await engine.authenticate(ARM, { forcePrompt: true });
    // As somebody who signs in anew.
    expect(fake.requests.at(-1)).toMatchObject({ mode: "window", webAccountId: "wam-ada", promptType: 1 });
    fake.script("request", answerOf(GUEST));
    expect(await reasonOf(engine.authenticate(ARM, { forcePrompt: true }))).toMatchObject({
      code: "account_mismatch",
    });
  });
});

describe("a login hint that has led to an account", () => {
  const ALIAS = "countess@alias.example";

  test("names that account of Windows from then on, under whatever name it answers", async () => {
    const { flow } = flowOnFake({ fake, loginHint: ALIAS, useDefaultBrokerAccount: true });
    fake.windowsAccount = ADA;
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({ detail: "default_account_differs" });
    fake.script("request", answerOf(ADA));
    await flow.interactive(interactiveRequest());
    await expect(flow.silent(silentRequest())).resolves.toMatchObject({
      account: { homeAccountId: homeIdOf(ADA) },
    });
    fake.windowsAccount = BOB;
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({ detail: "default_account_differs" });
  });

  test("has not led to whom the person took in its place", async () => {
    const { flow } = flowOnFake({ fake, loginHint: ALIAS });
    fake.script("request", { answersFor: BOB, status: 2 });
    expect((await flow.interactive(interactiveRequest())).account.username).toBe(BOB.username);
    expect(await flow.accountOf(ALIAS)).toBeUndefined();
  });
});

const pluginRequest = {
  clientId: CLIENT_ID,
  authority: `${HOST}/organizations`,
  correlationId: "11111111-2222-4333-8444-555555555555",
  redirectUri: "",
  scopes: [ARM],
};

describe("an account that was deleted and made anew, in the plugins", () => {
  const FORMER = { ...ADA, objectId: "11111111-0000-4000-8000-000000000000" };
  const account = {
    homeAccountId: homeIdOf(FORMER),
    environment: "login.microsoftonline.com",
    tenantId: CONTOSO,
    username: FORMER.username,
    localAccountId: FORMER.objectId,
  };

  test.each(["msal-node", "identity"] as const)("can sign in again by %s", async (host) => {
    const plugin = new WamBrokerPlugin({ transport: fake }, host);
    const request = { ...pluginRequest, account };
    const error = await reasonOf(plugin.acquireTokenSilent(request));
    expect(JSON.stringify(error)).toMatch(/InteractionRequired|account_not_found/);
    const result = await plugin.acquireTokenInteractive(request);
    expect(result.account?.homeAccountId).toBe(homeIdOf(ADA));
  });
});

describe("a dialog that ended before anybody can have read it", () => {
  test("is shown once more by itself, and no more, by however many credentials", async () => {
    fake.move = "cancel";
    // A busy machine takes its time.
    const stopped = vi.spyOn(process, "hrtime").mockReturnValue([1, 0]);
    onTestFinished(() => stopped.mockRestore());
    const details: (string | undefined)[] = [];
    for (let call = 0; call < 5; call += 1) {
      const credential = new InteractiveBrowserBrokerCredential({
        transport: fake,
        browserFallback: "never",
      });
      const error = await reasonOf(credential.getToken(ARM));
      const { detail, hint } = error as { readonly detail?: string; readonly hint?: string };
      details.push(detail);
      expect(hint).toContain("ENTRADA_DISABLE_BROKER=1");
    }
    expect(details).toEqual([
      "dialog_closed_at_once",
      "dialog_closed_at_once",
      ...Array.from({ length: 3 }, () => "prompt_cooldown"),
    ]);
    expect(fake.count("request", "window")).toBe(2);
  });

  test("needs no rest", async () => {
    const clock = virtualClock();
    fake.move = "cancel";
    const { engine } = flowOnFake({ fake, clock });
    const first = await reasonOf(engine.getToken(ARM));
    expect(first).toMatchObject({ code: "user_cancelled", detail: "dialog_closed_at_once" });
    fake.move = "approve";
    await expect(engine.getToken(ARM)).resolves.toMatchObject({ token: expect.any(String) });
  });

  test("is none, where the call failed before it could be shown", async () => {
    for (const step of ["FindAccountProviderWithAuthorityAsync.Canceled", "RequestTokenForWindowAsync"]) {
      fake.script("request", { fails: { hresult: 0x800704c7, step } });
      const { flow } = flowOnFake({ fake });
      expect(await reasonOf(flow.interactive(interactiveRequest()))).toMatchObject({
        code: "broker_unavailable",
        detail: "wam_failed",
      });
    }
  });
});

describe("0x800704C7 where nobody was asked", () => {
  const cancelled: readonly Outcome[] = [
    refused(1),
    refused(5, 0x800704c7),
    { fails: { hresult: 0x800704c7, step: "GetTokenSilentlyAsync.Canceled" } },
    { fails: { hresult: 0x800704c7, step: "FindAllAccountsAsync.Canceled" } },
  ];
  const twice = (outcome: Outcome): Outcome[] => [outcome, outcome, outcome];

  test.each(cancelled)("blames nobody, whatever was asked: %j", async (outcome) => {
    fake.windowsAccount = ADA;
    const fails = "fails" in outcome;
    for (const ask of [
      (f: ReturnType<typeof flowOnFake>) => f.flow.silent(silentRequest({ account: recordOf(ADA) })),
      (f: ReturnType<typeof flowOnFake>) => f.flow.silent(silentRequest()),
      (f: ReturnType<typeof flowOnFake>) => f.flow.accounts(),
      (f: ReturnType<typeof flowOnFake>) => f.flow.signOut(recordOf(ADA)),
      (f: ReturnType<typeof flowOnFake>) => f.flow.interactive(interactiveRequest({ prompt: "none" })),
    ]) {
      const scripted = new FakeWam();
      scripted.windowsAccount = ADA;
      scripted.script("request", ...twice(outcome));
      if (fails)
        for (const operation of ["listAccounts", "signOut"] as const)
          scripted.script(operation, ...twice(outcome));
      const onFake = flowOnFake({ fake: scripted, useDefaultBrokerAccount: true });
      const error = await ask(onFake).then(
        () => undefined,
        (reason: unknown) => reason as { readonly code?: string; readonly message: string },
      );
      expect(error?.code).not.toBe("user_cancelled");
      expect(error?.message ?? "").not.toContain("closed");
    }
  });
});

test.each([refused(5, 0xcaa82ee7), refused(5, 0xdeadbeef)])(
  "who asks for a sign-in gets no dialog where Windows has answered: %j",
  async (outcome) => {
    const { engine } = flowOnFake({ fake, authenticationRecord: recordOf(ADA) });
    fake.script("request", outcome);
    const { code } = await reasonOf(engine.authenticate(ARM));
    expect(["network", "service"]).toContain(code);
    expect(fake.count("request", "window")).toBe(0);
  },
);

test("who asks for a sign-in gets the dialog, although Windows hangs when it is asked without one", async () => {
  const clock = virtualClock();
  const { engine } = flowOnFake({ fake, clock, authenticationRecord: recordOf(ADA) });
  fake.script("request", { hangs: true });
  const asked = fake.next("request", "silent");
  const signedIn = engine.authenticate(ARM);
  await asked;
  await clock.advance(30_000);
  await expect(signedIn).resolves.toMatchObject({ username: ADA.username });
  expect(fake.requests.map(({ mode }) => mode)).toEqual(["silent", "window"]);
});
