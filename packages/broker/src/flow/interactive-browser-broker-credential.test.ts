import type { AuthenticationEvent } from "@entrada/core";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { ADA, BOB, CONTOSO, recordOf, webAccountOf } from "../../test/fake-account.ts";
import { FakeWam, refused } from "../../test/fake-wam.ts";
import { ARM, STORAGE, reasonOf } from "../../test/flow-on-fake.ts";
import type { InteractiveBrowserBrokerCredentialOptions } from "./broker-options.ts";
import { InteractiveBrowserBrokerCredential } from "./interactive-browser-broker-credential.ts";

let fake: FakeWam;
let events: AuthenticationEvent[];
beforeEach(() => {
  fake = new FakeWam();
  events = [];
});
const credentialWith = (
  options: InteractiveBrowserBrokerCredentialOptions = {},
): InteractiveBrowserBrokerCredential =>
  new InteractiveBrowserBrokerCredential({
    transport: fake,
    onEvent: (event) => events.push(event),
    openBrowser: () => {
      throw new Error("The browser must not be opened.");
    },
    ...options,
  });

describe("options", () => {
  test.each<[string, object]>([
    ["useDefaultBrokerAccount", { useDefaultBrokerAccount: "yes" }],
    ["disableInteractiveFallback", { disableInteractiveFallback: 1 }],
    ["browserFallback", { browserFallback: "always" }],
    ["legacyEnableMsaPassthrough", { legacyEnableMsaPassthrough: null }],
    ["transport", { transport: {} }],
    ["transport", { transport: null }],
    ["redirectUri", { redirectUri: "https://example.com" }],
    ["openBrowser", { openBrowser: "firefox" }],
    ["browserCustomizationOptions.successMessage", { browserCustomizationOptions: { successMessage: 1 } }],
    ["browserCustomizationOptions.errorMessage", { browserCustomizationOptions: { errorMessage: 1 } }],
    ["browserCustomizationOptions", { browserCustomizationOptions: { message: "" } }],
    ["answerBy", { answerBy: "phone" }],
    ["timeoutInMs", { timeoutInMs: -1 }],
    ["clientId", { clientId: "a b" }],
    ["tenantId", { tenantId: "../x" }],
    ["authorityHost", { authorityHost: "http://login.microsoftonline.com" }],
    ["authenticationRecord", { authenticationRecord: {} }],
  ])("%s is checked by the constructor: %j", (option, options) => {
    expect(() => new InteractiveBrowserBrokerCredential(options as never)).toThrow(
      expect.objectContaining({ name: "TypeError", message: expect.stringContaining(option) }),
    );
  });

  test.each<InteractiveBrowserBrokerCredentialOptions>([
    {},
    { browserFallback: "when-unavailable" },
    { browserFallback: "never" },
    { answerBy: "loopback" },
    { answerBy: "paste" },
    { redirectUri: "http://localhost:8400/done" },
    { browserCustomizationOptions: { successMessage: "<p>Done</p>", errorMessage: "<p>No</p>" } },
  ])("%j are taken", (options) => {
    expect(() => credentialWith(options)).not.toThrow();
  });

  test("nothing is loaded or asked by the constructor", () => {
    fake.probe = () => {
      throw new Error("probed");
    };
    expect(() =>
      credentialWith({ parentWindowHandle: () => 1, useDefaultBrokerAccount: true }),
    ).not.toThrow();
    expect(fake.calls).toEqual([]);
  });
});

describe("getToken", () => {
  test("shows one dialog for any number of calls, and none for another resource", async () => {
    const credential = credentialWith();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => credential.getToken(ARM)));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    await credential.getToken(STORAGE, { enableCae: true });
    expect([fake.count("request", "window"), fake.mostDialogs]).toEqual([1, 1]);
    expect(events.map(({ type, flow }) => `${flow} ${type}`)).toEqual([
      "broker prompt",
      "broker done",
      "broker refresh",
      "broker done",
    ]);
  });

  test("hands the window and the tenant to Windows", async () => {
    const handle = Buffer.from("a1b2c30000000000", "hex");
    await credentialWith({ tenantId: CONTOSO, parentWindowHandle: () => handle }).getToken(ARM);
    expect(fake.requests[0]).toMatchObject({
      windowHandle: handle,
      providerAuthority: `https://login.microsoftonline.com/${CONTOSO}`,
    });
  });

  test("writes to the log under the broker's name", async () => {
    vi.stubEnv("AZURE_LOG_LEVEL", "info");
    const lines: unknown[] = [];
    const stderr = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(line) > 0);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      stderr.mockRestore();
    });
    await credentialWith().getToken(ARM);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^entrada:broker:info /);
  });

  test("tells of a window that could not be asked for", async () => {
    const failure = new Error("no window");
    const parentWindowHandle = (): never => {
      throw failure;
    };
    await credentialWith({ parentWindowHandle }).getToken(ARM);
    expect(events[0]).toMatchObject({
      type: "warning",
      flow: "broker",
      code: "parent_window_failed",
      error: failure,
    });
  });

  test("signs in silently as Windows's own account when that is wanted, and shows the picker when that fails", async () => {
    fake.windowsAccount = ADA;
    await credentialWith({ useDefaultBrokerAccount: true }).getToken(ARM);
    expect(fake.count("request", "window")).toBe(0);

    fake.needPerson.add(ADA);
    fake.move = { picks: BOB };
    const credential = credentialWith({ useDefaultBrokerAccount: true });
    await credential.getToken(ARM);
    expect(fake.requests.at(-1)).toMatchObject({ mode: "window", properties: { prompt: "select_account" } });
    expect((await credential.authenticate()).username).toBe(BOB.username);
  });

  test("tries Windows's own account also where it may not prompt", async () => {
    fake.windowsAccount = ADA;
    const options = { useDefaultBrokerAccount: true, disableAutomaticAuthentication: true };
    expect((await credentialWith(options).getToken(ARM)).token).toContain("ada");
  });

  test("never shows anything with disableInteractiveFallback, also not for authenticate()", async () => {
    fake.windowsAccount = ADA;
    fake.needPerson.add(ADA);
    const credential = credentialWith({ useDefaultBrokerAccount: true, disableInteractiveFallback: true });
    const refusal = { name: "AuthenticationRequiredError", code: "authentication_required" };
    expect(await reasonOf(credential.getToken(ARM))).toMatchObject(refusal);
    expect(await reasonOf(credential.authenticate(ARM))).toMatchObject({
      ...refusal,
      detail: "interaction_disabled",
    });
    expect(await reasonOf(credential.authenticate(ARM, { forcePrompt: true }))).toMatchObject(refusal);
    expect(fake.count("request", "window")).toBe(0);
    expect(events.filter(({ type }) => type === "prompt" || type === "fallback")).toEqual([]);
  });

  test("refuses proof of possession, and never gives a bearer token for it", async () => {
    const options = { proofOfPossessionOptions: { resourceRequestMethod: "GET" } };
    expect(await reasonOf(credentialWith().getToken(ARM, options))).toMatchObject({
      code: "unsupported",
      detail: "proof_of_possession",
    });
    expect(fake.calls).toEqual([]);
  });

  test("serves a record of another process without a prompt, whoever Windows is signed in as", async () => {
    fake.windowsAccount = BOB;
    fake.known.push(ADA);
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    expect((await credential.getToken(ARM)).token).toContain("ada");
    expect(fake.requests.map(({ webAccountId }) => webAccountId)).toEqual([webAccountOf(ADA).id]);
  });

  test("does not take another account for the record's, in the dialog either", async () => {
    fake.move = { picks: BOB };
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    expect(await reasonOf(credential.getToken(ARM))).toMatchObject({ code: "account_mismatch" });
    fake.known.push(ADA);
    expect(
      await reasonOf(
        credentialWith({ authenticationRecord: recordOf(ADA), prompt: "login" }).authenticate(ARM, {
          forcePrompt: true,
        }),
      ),
    ).toMatchObject({ code: "account_mismatch" });
  });

  test("passes a claims challenge on, once, and asks the account's person", async () => {
    const credential = credentialWith();
    await credential.getToken(ARM);
    fake.needPerson.add(ADA);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    await credential.getToken(ARM, { claims });
    expect(fake.requests.at(-1)).toMatchObject({
      mode: "window",
      properties: { claims, hsu: "1" },
      webAccountId: webAccountOf(ADA).id,
    });
    await credential.getToken(STORAGE);
    expect(fake.requests.at(-1)?.properties).not.toHaveProperty("claims");
  });

  test("signs out, and does not come back by itself", async () => {
    const credential = credentialWith({ disableAutomaticAuthentication: true });
    await credential.authenticate(ARM);
    expect((await credential.accounts()).map(({ username }) => username)).toEqual([ADA.username]);
    await credential.signOut();
    expect(await credential.accounts()).toEqual([]);
    expect(await reasonOf(credential.getToken(ARM))).toMatchObject({ code: "authentication_required" });
  });

  test("is cancelled with the credential", async () => {
    fake.move = "ignore";
    const shown = fake.next("request", "window");
    const credential = credentialWith();
    const pending = reasonOf(credential.getToken(ARM));
    await shown;
    await credential[Symbol.asyncDispose]();
    expect(await pending).toMatchObject({ name: "AbortError" });
    expect([fake.cancelled.length, fake.pending]).toEqual([1, 0]);
  });

  test("no error and no event holds a token", async () => {
    fake.known.push(ADA);
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    fake.script("request", { answersFor: BOB }, refused(5, 0xcaa20009, "secret-free"));
    const errors = [await reasonOf(credential.getToken(ARM)), await reasonOf(credential.getToken(ARM))];
    await credential.getToken(ARM);
    const { inspect } = await import("node:util");
    expect(inspect([errors, events, credential], { depth: 9, showHidden: true })).not.toContain(
      "secret-token",
    );
  });
});
