import { claimsOfChallenge, InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";

// What the emulator does as Entra does, and what a credential makes of it.

const ARM = "https://management.azure.com/.default";
const HOST = "https://login.microsoftonline.com";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
});
afterEach(() => emulator[Symbol.asyncDispose]());

function browser(options: { readonly tenantId?: string } = {}): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: HOST,
    fetch: emulator.fetch,
    openBrowser: (url) => emulator.person.openBrowser(url),
    ...options,
  });
}

test("P17: whoever cancels on the picker has cancelled; whoever declines has declined", async () => {
  const credential = browser();
  emulator.person.script({ action: "cancel" }, { action: "decline" });
  await expect(credential.authenticate(ARM)).rejects.toMatchObject({ code: "user_cancelled" });
  await expect(credential.authenticate(ARM)).rejects.toMatchObject({ code: "access_denied" });
});

test("P19: a write that needs more leads to one prompt, and goes on", async () => {
  const { tenantId } = emulator.defaults;
  await emulator[Symbol.asyncDispose]();
  emulator = await startEmulator({
    tenants: [
      { id: tenantId, domain: "contoso.example", displayName: "Contoso", policies: [{ require: "stepUp" }] },
    ],
  });
  let prompts = 0;
  const credential = new InteractiveBrowserCredential({
    authorityHost: HOST,
    fetch: emulator.fetch,
    openBrowser: (url) => {
      prompts += 1;
      return emulator.person.openBrowser(url);
    },
  });
  const write = async (token: string): Promise<Response> =>
    emulator.fetch(
      "https://management.azure.com/subscriptions/1b6e9d34-70c2-4a5f-8e13-c9d0f2a7b586/resourcegroups/rg?api-version=2022-12-01",
      { method: "PUT", body: '{"location":"westeurope"}', headers: { authorization: `Bearer ${token}` } },
    );
  const { token } = await credential.getToken(ARM);
  const refused = await write(token);
  expect(refused.status).toBe(401);
  const claims = claimsOfChallenge(refused.headers.get("www-authenticate"));
  expect(JSON.parse(claims ?? "")).toEqual({ access_token: { acrs: { essential: true, values: ["p1"] } } });
  const more = await credential.getToken(ARM, { claims: claims ?? "" });
  expect((await write(more.token)).status).toBe(201);
  expect(prompts).toBe(2);
  // The next write asks nobody.
  expect((await write((await credential.getToken(ARM)).token)).status).toBe(200);
  expect(prompts).toBe(2);
});

test("P6: a tenant that does not exist is told to the person, and never to the application", async () => {
  const parameters = new URLSearchParams({
    client_id: emulator.defaults.clientId,
    response_type: "code",
    redirect_uri: "http://localhost:1",
    scope: ARM,
  });
  for (const tenant of ["nowhere.example", "00000000-1111-4222-8333-444455556666"]) {
    await emulator.person.openBrowser(`${HOST}/${tenant}/oauth2/v2.0/authorize?${parameters}`);
    await emulator.person.settled();
    expect(emulator.person.visits.at(-1)).toMatchObject({ outcome: "stuck", status: 400 });
  }
});

test("P18: public client flows that are off show once the person has approved", async () => {
  const clientId = "0b0e7d3c-6f0b-4d8e-9f53-2f4b5c1e9a77";
  await emulator[Symbol.asyncDispose]();
  emulator = await startEmulator({
    deviceCodeIntervalInS: 1,
    applications: [{ clientId, name: "Confidential", allowPublicClientFlows: false }],
  });
  let prompts = 0;
  const credential = new DeviceCodeCredential({
    clientId,
    authorityHost: HOST,
    fetch: emulator.fetch,
    userPromptCallback: (info, context) => {
      prompts += 1;
      return emulator.person.answerDeviceCode(info, context);
    },
  });
  await expect(credential.getToken(ARM)).rejects.toMatchObject({ aadsts: 7000218, code: "service" });
  expect(prompts).toBe(1);
});
