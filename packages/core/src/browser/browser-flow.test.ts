import { inspect } from "node:util";
import { startEmulator } from "@entrada/emulator";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InteractiveBrowserCredential, type AuthenticationEvent } from "../index.ts";
import { CredentialUnavailableError } from "../errors/authentication-error.ts";
import { createFlowParts } from "../credential/create-flow-parts.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { describeFlow, memoryTokenCache, type PersonAction } from "../testing.ts";
import { deferred } from "../deferred.ts";
import { createBrowserFlow } from "./create-browser-flow.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";
const ACTIONS = { approve: "approve", decline: "decline", ignore: "close" } as const;

describeFlow("browser", async () => {
  const emulator = await startEmulator();
  emulator.trust();
  let action: PersonAction = "approve";
  let prompts = 0;
  const settings = resolveSettings({ authorityHost: emulator.authorityHost });
  const flow = createBrowserFlow(createFlowParts({ settings, flow: "browser" }), {
    openBrowser: (url, context) => {
      prompts += 1;
      emulator.person.script({ action: ACTIONS[action] });
      return emulator.person.openBrowser(url, context);
    },
  });
  return {
    flow,
    person: (next) => (action = next),
    prompts: () => prompts,
    requests: () => emulator.requests.length,
    tenantId: settings.tenantId,
    scopes: [ARM, STORAGE],
    dispose: () => emulator[Symbol.asyncDispose](),
  };
});

describe("InteractiveBrowserCredential on the emulator", () => {
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.trust();
  });
  afterEach(() => emulator[Symbol.asyncDispose]());
  const credentialWith = (
    options: ConstructorParameters<typeof InteractiveBrowserCredential>[0] = {},
  ): InteractiveBrowserCredential =>
    new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      openBrowser: (url, context) => emulator.person.openBrowser(url, context),
      ...options,
    });

  test("asks for what OAuth 2.0 for native apps asks for, and for no more", async () => {
    let opened = "";
    const openBrowser = (url: string, context: { signal: AbortSignal }): Promise<void> => {
      opened = url;
      return emulator.person.openBrowser(url, context);
    };
    await credentialWith({ openBrowser, prompt: "login", loginHint: "ada@contoso.example" }).getToken(ARM, {
      enableCae: true,
    });
    const { origin, searchParams } = new URL(opened);
    expect(origin).toBe(emulator.authorityHost);
    const {
      state,
      nonce,
      code_challenge,
      "client-request-id": id,
      redirect_uri,
      ...rest
    } = Object.fromEntries(searchParams);
    expect(rest).toEqual({
      client_id: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
      response_type: "code",
      response_mode: "form_post",
      scope: `${ARM} openid profile offline_access`,
      code_challenge_method: "S256",
      prompt: "login",
      login_hint: "ada@contoso.example",
      claims: '{"access_token":{"xms_cc":{"values":["cp1"]}}}',
      client_info: "1",
    });
    for (const secret of [state, nonce, code_challenge]) expect(secret).toMatch(/^[\w-]{43}$/);
    expect(redirect_uri).toMatch(/^http:\/\/localhost:\d+$/);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("two credentials that share a token cache share the sign-in", async () => {
    const tokenCache = memoryTokenCache();
    const record = await credentialWith({ tokenCache }).authenticate();
    const second = credentialWith({ tokenCache, disableAutomaticAuthentication: true });
    const third = credentialWith({
      tokenCache,
      authenticationRecord: record,
      disableAutomaticAuthentication: true,
    });
    await second.getToken(ARM);
    await third.getToken(STORAGE);
    expect([emulator.count("redeem"), emulator.count("refresh")]).toEqual([1, 1]);
    expect(await second.accounts()).toEqual([record]);
    await third.signOut();
    expect(await credentialWith({ tokenCache }).accounts()).toEqual([]);
  });

  test("two credentials that share a token cache and are asked at once show one prompt", async () => {
    const tokenCache = memoryTokenCache();
    const [one, two] = [credentialWith({ tokenCache }), credentialWith({ tokenCache })];
    const tokens = await Promise.all([one.getToken(ARM), two.getToken(ARM), two.getToken(STORAGE)]);
    expect(tokens.every(({ token }) => token !== "")).toBe(true);
    expect(emulator.count("redeem")).toBe(1);
  });

  test("a credential that is disposed takes no prompt from another that shares its cache", async () => {
    const tokenCache = memoryTokenCache();
    const opened = deferred<void>();
    const leaving = credentialWith({ tokenCache, openBrowser: () => opened.resolve() });
    const first = leaving.getToken(ARM).catch((error: unknown) => error);
    await opened.promise;
    const second = credentialWith({ tokenCache }).getToken(ARM);
    await new Promise((resolve) => setImmediate(resolve));
    await leaving[Symbol.asyncDispose]();
    expect(await first).toMatchObject({ name: "AbortError" });
    expect((await second).token).not.toBe("");
  });

  test("a record of somebody who is not in the cache leads to a prompt for that person, never to another's token", async () => {
    const tokenCache = memoryTokenCache();
    emulator.person.script({ action: "approve", account: "ada@contoso.example" });
    const ada = await credentialWith({ tokenCache }).authenticate();
    const grace = {
      ...ada,
      homeAccountId: `${emulator.defaults.tenantId}.other`,
      username: "grace@contoso.example",
    };
    const credential = credentialWith({
      tokenCache,
      authenticationRecord: grace,
      disableAutomaticAuthentication: true,
    });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: "authentication_required" });
    emulator.person.script({ action: "approve", account: "ada@contoso.example" });
    await expect(credential.authenticate()).rejects.toMatchObject({ code: "account_mismatch" });
  });

  test("a browser that cannot be opened: the address is told, and works while the call waits", async () => {
    const events: AuthenticationEvent[] = [];
    const told = deferred<string>();
    const credential = credentialWith({
      openBrowser: () => Promise.reject(new Error("no such program")),
      onEvent: (event) => {
        events.push(event);
        if (event.type === "browser_unavailable") told.resolve(event.url);
      },
    });
    const call = credential.getToken(ARM);
    await emulator.person.openBrowser(await told.promise, { signal: new AbortController().signal });
    expect((await call).token).not.toBe("");
    expect(events.map(({ type }) => type)).toEqual(["prompt", "browser_unavailable", "done"]);
    expect(events[1]).toMatchObject({
      error: { code: "browser_unavailable", detail: "browser_failed", cause: { message: "no such program" } },
    });
  });

  test("a browser that cannot be opened where nobody hears of the address: the chain goes on", async () => {
    const credential = credentialWith({ openBrowser: () => Promise.reject(new Error("no such program")) });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      name: "CredentialUnavailableError",
      code: "browser_unavailable",
      detail: "browser_failed",
      cause: { message: "no such program" },
    });
  });

  test.each([
    [
      "an error that says that no browser can exist",
      new CredentialUnavailableError({ code: "browser_unavailable", what: "none", detail: "no_browser" }),
    ],
    ["a mistake in the program", new TypeError("x is not a function")],
  ])("%s ends the call at once", async (_name, error) => {
    const credential = credentialWith({ openBrowser: () => Promise.reject(error), onEvent: () => {} });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: "browser_unavailable" });
  });

  test("what the caller's own opener throws tells nothing of the sign-in's secrets", async () => {
    let state = "none";
    const credential = credentialWith({
      openBrowser: (url) => {
        state = new URL(url).searchParams.get("state") ?? "";
        throw new Error("Command failed: open", { cause: new Error(`open ${url}`) });
      },
    });
    const error: unknown = await credential.getToken(ARM).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ detail: "browser_failed", cause: { message: "Command failed: open" } });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(state);
  });

  test("whoever gives up on hearing of the prompt sees no browser", async () => {
    const controller = new AbortController();
    let opened = 0;
    const credential = credentialWith({
      openBrowser: () => void (opened += 1),
      onEvent: ({ type }) => type === "prompt" && controller.abort(),
    });
    const call = credential.getToken(ARM, { abortSignal: controller.signal });
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(opened).toBe(0);
  });

  test("the events of a sign-in tell its life, without a secret", async () => {
    const events: AuthenticationEvent[] = [];
    const credential = credentialWith({ onEvent: (event) => events.push(event) });
    const { token } = await credential.getToken(ARM);
    await credential.getToken(ARM);
    expect(events.map(({ type }) => type)).toEqual(["prompt", "done", "silent_hit"]);
    expect(JSON.stringify(events)).not.toContain(token);
  });

  test("after dispose nothing is under way, and memory is empty", async () => {
    const opened = deferred<void>();
    const credential = credentialWith({ openBrowser: () => opened.resolve() });
    const pending = credential.getToken(ARM).catch((error: unknown) => error);
    await opened.promise;
    await credential[Symbol.asyncDispose]();
    expect(await pending).toMatchObject({ name: "AbortError" });
    expect(await credential.accounts()).toEqual([]);
  });
});
