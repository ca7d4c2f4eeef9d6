import { InteractiveBrowserCredential } from "@entrada/core";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entraTokenVerifier } from "../src/server.ts";

// A server takes the tokens of every kind of authority that a credential signs in to, in every spelling.

const OWN_DOMAIN = "login.woodgrove.example";
const API = {
  uri: "api://tools",
  appId: "3f1b2c4d-0000-4000-8000-00000000a001",
  name: "Tools",
  scopes: ["Use"],
};
const FORMER = { ...API, uri: "api://former", appId: "3f1b2c4d-0000-4000-8000-00000000a003" };

let emulator: Emulator;
beforeAll(async () => {
  const seeds = await startEmulator();
  const { tenant } = seeds.defaults.externalId;
  await seeds[Symbol.asyncDispose]();
  emulator = await startEmulator({
    tenants: [{ ...tenant, hosts: [OWN_DOMAIN] }],
    resources: [
      { ...API, tokenVersion: 2 },
      { ...FORMER, tokenVersion: 1 },
    ],
  });
});
afterAll(() => emulator[Symbol.asyncDispose]());

test.each([
  ["entra", "{home}"],
  ["entra", "https://login.microsoftonline.com"],
  ["entra", "https://login.microsoftonline.com/"],
  ["entra", "https://login.windows.net"],
  ["entra", "https://login.microsoftonline.us"],
  ["entra", "https://login.usgovcloudapi.net"],
  ["entra", "https://login.chinacloudapi.cn"],
  ["entra", "https://login.partner.microsoftonline.cn"],
  ["entra", "https://login.sovcloud-identity.fr"],
  ["external-id", "{home}"],
  ["external-id", "https://woodgrove.ciamlogin.com"],
  ["external-id", "https://woodgrove.ciamlogin.com/{id}"],
  ["external-id", "https://{id}.ciamlogin.com"],
  ["external-id", `https://${OWN_DOMAIN}`],
] as const)("the tokens of %s at %s are taken, by either version", async (kind, spelling) => {
  const { externalId, account, tenantId: entraTenant } = emulator.defaults;
  const tenantId = kind === "entra" ? entraTenant : externalId.tenant.id;
  const { username } = kind === "entra" ? account : externalId.account;
  const authorityHost = spelling.replace("{home}", emulator.authorityHost).replaceAll("{id}", tenantId);
  const credential = new InteractiveBrowserCredential({
    authorityHost,
    tenantId,
    fetch: emulator.fetch,
    openBrowser: emulator.person.openBrowser,
  });
  emulator.person.script({ action: "approve", account: username });
  const verifier = entraTokenVerifier({
    authorityHost,
    tenantId,
    audience: [API.appId, FORMER.uri],
    fetch: emulator.fetch,
  });
  for (const { uri } of [API, FORMER]) {
    const { token } = await credential.getToken(`${uri}/.default`);
    await expect(verifier.verifyAccessToken(token)).resolves.toMatchObject({
      scopes: ["Use"],
      extra: { tenantId },
    });
  }
});

test("an id token is not taken for an access token, even where it is for the server's own application", async () => {
  const { tenantId, clientId } = emulator.defaults;
  const idTokens: string[] = [];
  const credential = new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tenantId,
    openBrowser: emulator.person.openBrowser,
    fetch: async (url, init) => {
      const response = await emulator.fetch(url, init);
      const body = (await response.clone().json()) as { id_token?: string };
      if (body.id_token !== undefined) idTokens.push(body.id_token);
      return response;
    },
  });
  await credential.getToken(`${API.uri}/.default`);
  const verifier = entraTokenVerifier({
    tenantId,
    authorityHost: emulator.authorityHost,
    audience: clientId,
    fetch: emulator.fetch,
  });
  expect(idTokens).toHaveLength(1);
  await expect(verifier.verifyAccessToken(idTokens[0]!)).rejects.toMatchObject({
    errorCode: "invalid_token",
    message: "The token is no access token for an API",
  });
});
