import { InteractiveBrowserCredential, memoryTokenCache, type CredentialOptions } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";

const PUBLIC_CLOUD = "https://login.microsoftonline.com";
const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";

let emulator: Emulator;
let sent: string[];
beforeEach(async () => {
  emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
  emulator.trust();
  sent = [];
  const { tenantId } = emulator.defaults;
  emulator.script({ on: "token", times: 100, wrongIssuer: `${PUBLIC_CLOUD}/${tenantId}/v2.0` });
});
afterEach(() => emulator[Symbol.asyncDispose]());

/** The public cloud as far as the credential can see: its requests come to the emulator, and nowhere else. */
function publicCloud(): CredentialOptions {
  return {
    authorityHost: PUBLIC_CLOUD,
    tenantId: emulator.defaults.tenantId,
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      expect(url.origin).toBe(PUBLIC_CLOUD);
      sent.push(url.pathname.split("/").at(-1)!);
      return fetch(new URL(url.pathname + url.search, emulator.authorityHost), init);
    },
  };
}

test("a first sign-in by device code sends one request for the code and one for each poll", async () => {
  await using credential = new DeviceCodeCredential({
    ...publicCloud(),
    userPromptCallback: (info) => emulator.person.answerDeviceCode(info),
  });
  await credential.getToken(ARM);
  expect(sent).toEqual(["devicecode", "token"]);
});

test("a first sign-in through the browser sends one request, and asks beside the prompt whether the tenant is there", async () => {
  await using credential = new InteractiveBrowserCredential({
    ...publicCloud(),
    openBrowser: (url) => emulator.person.openBrowser(url.replace(PUBLIC_CLOUD, emulator.authorityHost)),
  });
  await credential.getToken(ARM);
  expect(sent).toEqual(["openid-configuration", "token"]);
});

test("a second resource costs one request, and a token that is there costs none, in another credential as well", async () => {
  const options = { ...publicCloud(), tokenCache: memoryTokenCache() };
  await using first = new InteractiveBrowserCredential({
    ...options,
    openBrowser: (url) => emulator.person.openBrowser(url.replace(PUBLIC_CLOUD, emulator.authorityHost)),
  });
  await first.getToken(ARM);
  await first.getToken(STORAGE);
  await using second = new InteractiveBrowserCredential({ ...options, disableAutomaticAuthentication: true });
  await Promise.all([ARM, STORAGE, ARM].map((scope) => second.getToken(scope)));
  expect(sent).toEqual(["openid-configuration", "token", "token"]);
});
