import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  AzureAuthorityHosts,
  InteractiveBrowserCredential,
  memoryTokenCache,
  type AuthenticationError,
  type AuthenticationRequiredError,
  type InteractiveBrowserCredentialOptions,
  type PromptEvent,
} from "../src/index.ts";

// Each does what a hint says, and gets on. Those of obstacles are in obstacle-remedies.test.ts.

const ARM = "https://management.azure.com/.default";
const OTHER_TENANT = "fabrikam.example";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
});
afterEach(() => emulator[Symbol.asyncDispose]());

function credential(options: InteractiveBrowserCredentialOptions = {}): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
    ...options,
  });
}

/** The hint of what a call fails with; it fails the test if there is none. */
async function hintOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: AuthenticationError) => reason,
  );
  return error?.hint ?? expect.fail(`no hint: ${error?.message ?? "no error"}`);
}

test("a tenant of another cloud: no hint names the cloud that was asked", async () => {
  for (const [name, authorityHost] of Object.entries(AzureAuthorityHosts)) {
    emulator.script({ on: "redeem", error: { error: "invalid_request", aadsts: 900439 } });
    const hint = await hintOf(credential({ authorityHost, fetch: emulator.fetch }).authenticate(ARM));
    expect(hint).toContain(
      "Set authorityHost to the cloud of the tenant organizations, such as AzureAuthorityHosts.",
    );
    expect(hint).not.toContain(name);
  }
});

describe("what a hint says gets on:", () => {
  test('a prompt that is not "none", where a person is needed', async () => {
    const hint = await hintOf(credential({ prompt: "none" }).getToken(ARM));
    expect(hint).toBe('Use a credential whose option "prompt" is not "none"');
    expect((await credential({ prompt: "login" }).getToken(ARM)).token).not.toBe("");
  });

  test("no record, or the expected account, where another one signed in", async () => {
    const { account, guest } = emulator.defaults;
    emulator.person.script({ action: "approve", account: account.username });
    const authenticationRecord = await credential().authenticate(ARM);
    emulator.person.script({ action: "approve", account: guest.username });
    const bound = credential({ authenticationRecord });
    const hint = await hintOf(bound.authenticate(ARM));
    expect(hint).toMatch(/expected account, or use a new credential without authenticationRecord/);
    emulator.person.script({ action: "approve", account: account.username });
    expect((await bound.authenticate(ARM)).username).toBe(account.username);
    emulator.person.script({ action: "approve", account: guest.username });
    expect((await credential().authenticate(ARM)).username).toBe(guest.username);
  });

  test("the account picker, where another one signed in than the login hint means", async () => {
    const { account, guest } = emulator.defaults;
    const tokenCache = memoryTokenCache();
    emulator.person.script({ action: "approve", account: account.username });
    const loginHint = account.username;
    await credential({ tokenCache, loginHint }).authenticate(ARM);
    emulator.person.script({ action: "approve", account: guest.username });
    const again = { forcePrompt: true };
    const hint = await hintOf(
      credential({ tokenCache, loginHint, prompt: "login" }).authenticate(ARM, again),
    );
    expect(hint).toContain('"prompt" to "select_account"');
    emulator.person.script({ action: "approve", account: guest.username });
    const free = credential({ tokenCache, loginHint, prompt: "select_account" });
    expect((await free.authenticate(ARM, again)).username).toBe(guest.username);
  });

  test.each([[OTHER_TENANT], ["*"]])("the tenant in additionallyAllowedTenants: %s", async (allowed) => {
    const tenantId = emulator.defaults.tenantId;
    const hint = await hintOf(credential({ tenantId }).getToken(ARM, { tenantId: OTHER_TENANT }));
    expect(hint).toContain('Add the tenant to the option "additionallyAllowedTenants", or "*"');
    const wide = credential({ tenantId, additionallyAllowedTenants: [allowed] });
    const error: unknown = await wide
      .getToken(ARM, { tenantId: OTHER_TENANT })
      .catch((reason: unknown) => reason);
    expect((error as AuthenticationError).code).not.toBe("tenant_not_allowed");
  });

  test("a new credential, where one was disposed", async () => {
    const gone = credential();
    await gone[Symbol.asyncDispose]();
    expect(await hintOf(gone.getToken(ARM))).toContain("Create a new credential");
    expect((await credential().getToken(ARM)).token).not.toBe("");
  });

  test("no proofOfPossessionOptions", async () => {
    const one = credential();
    const options = { proofOfPossessionOptions: { nonce: "n" } };
    expect(await hintOf(one.getToken(ARM, options))).toBe("Leave proofOfPossessionOptions out");
    expect((await one.getToken(ARM)).tokenType ?? "Bearer").toBe("Bearer");
  });

  test("authenticate() with the scopes and claims of the error, where a person is needed", async () => {
    const one = credential({ disableAutomaticAuthentication: true });
    const error = (await one.getToken(ARM).catch((reason: unknown) => reason)) as AuthenticationRequiredError;
    expect(error.hint).toContain("Call authenticate()");
    await one.authenticate([...error.scopes], error.claims === undefined ? {} : { claims: error.claims });
    expect((await one.getToken(ARM)).token).not.toBe("");
  });

  test("the url of the prompt event, where no browser opens", async () => {
    let shown: PromptEvent | undefined;
    const one = credential({
      openBrowser: () => Promise.reject(new Error("no browser")),
      onEvent: (event) => {
        if (event.type === "prompt") shown = event;
        if (event.type === "browser_unavailable") void emulator.person.openBrowser(shown!.url!);
      },
    });
    expect((await one.getToken(ARM)).token).not.toBe("");
  });
});
