import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../index.ts";
import { authorizePath, claimsOf, send, signIn } from "../../test/raw-client.ts";

const FEDERATION = "fs.corp.example";
const OWN_DOMAIN = "login.woodgrove.example";
const VAULT = "https://vault.azure.net/.default openid profile offline_access";

let emulator: Emulator;
let external: string;
beforeAll(async () => {
  emulator = await startEmulator({
    tenants: [
      {
        kind: "external-id",
        id: "c1d2e3f4-0000-4111-8222-333344445555",
        domain: "tailspin.onmicrosoft.com",
        displayName: "Tailspin",
        hosts: [OWN_DOMAIN],
      },
      {
        kind: "adfs",
        id: "d1d2e3f4-0000-4111-8222-333344445555",
        domain: "lab.example",
        displayName: "Lab",
        hosts: [FEDERATION],
      },
    ],
    accounts: [
      {
        username: "hertha@lab.example",
        displayName: "Hertha Ayrton",
        objectId: "e1d2e3f4-0000-4111-8222-333344445555",
        tenantId: "d1d2e3f4-0000-4111-8222-333344445555",
      },
    ],
  });
  external = emulator.defaults.externalId.tenant.id;
});
afterAll(() => emulator[Symbol.asyncDispose]());

const at = (host: string, path: string, init: { method?: string } = {}) =>
  send(emulator, path, { ...init, headers: { host } });

describe("External ID", () => {
  test.each([
    ["woodgrove.ciamlogin.com", "woodgrove.onmicrosoft.com"],
    ["woodgrove.ciamlogin.com", "{id}"],
    ["{id}.ciamlogin.com", "{id}"],
  ])(
    "at %s, asked for %s: its id is the issuer's host, and the endpoints are where it was asked",
    async (host, tenant) => {
      const [name, segment] = [host, tenant].map((it) => it.replace("{id}", external)) as [string, string];
      const { json } = await at(name, `/${segment}/v2.0/.well-known/openid-configuration`);
      expect(json["issuer"]).toBe(`https://${external}.ciamlogin.com/${external}/v2.0`);
      expect(json["token_endpoint"]).toBe(`https://${name}/${segment}/oauth2/v2.0/token`);
    },
  );

  test("has domains of its own, where it alone answers", async () => {
    const id = "c1d2e3f4-0000-4111-8222-333344445555";
    const { json } = await at(OWN_DOMAIN, `/${id}/v2.0/.well-known/openid-configuration`);
    expect(json["issuer"]).toBe(`https://${id}.ciamlogin.com/${id}/v2.0`);
    for (const segment of [external, emulator.defaults.tenantId, "organizations", "adfs"]) {
      const { status } = await at(OWN_DOMAIN, `/${segment}/v2.0/.well-known/openid-configuration`);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });

  test("issues its tokens, and its customers are nobody to Entra's words for many tenants", async () => {
    const { id_token: idToken } = await signIn(emulator, { scope: VAULT }, external);
    const claims = claimsOf(String(idToken));
    expect(claims["iss"]).toBe(`https://${external}.ciamlogin.com/${external}/v2.0`);
    expect(claims["tid"]).toBe(external);
    const { text } = await send(emulator, authorizePath(emulator));
    expect(text).not.toContain(emulator.defaults.externalId.account.username);
  });
});

describe("AD FS", () => {
  test("has no versions in its paths and an issuer without a tenant", async () => {
    const { json } = await at(FEDERATION, "/adfs/.well-known/openid-configuration");
    expect(json).toMatchObject({
      issuer: `https://${FEDERATION}/adfs`,
      access_token_issuer: `http://${FEDERATION}/adfs/services/trust`,
      authorization_endpoint: `https://${FEDERATION}/adfs/oauth2/authorize/`,
      device_authorization_endpoint: `https://${FEDERATION}/adfs/oauth2/devicecode`,
    });
    for (const path of [
      "/adfs/v2.0/.well-known/openid-configuration",
      "/adfs/oauth2/v2.0/token",
      "/adfs/discovery/v2.0/keys",
    ])
      expect((await at(FEDERATION, path, { method: path.endsWith("token") ? "POST" : "GET" })).status).toBe(
        404,
      );
    expect((await send(emulator, "/contoso.example/.well-known/openid-configuration")).status).toBe(404);
  });

  test("calls a person by the principal name, knows no tenant, and sends no client_info", async () => {
    const { clientId } = emulator.defaults;
    const asked = await send(emulator, "/adfs/oauth2/devicecode", {
      form: { client_id: clientId, scope: VAULT },
    });
    const { user_code: userCode, device_code, verification_uri: verificationUri } = asked.json;
    expect(verificationUri).toBe(`${emulator.authorityHost}/adfs/oauth2/deviceauth`);
    await emulator.person.answerDeviceCode({ userCode, verificationUri });
    const { json } = await send(emulator, "/adfs/oauth2/token", {
      form: {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        client_info: "1",
        client_id: clientId,
        device_code,
      },
    });
    expect(json).not.toHaveProperty("client_info");
    const claims = claimsOf(json["id_token"]);
    expect(claims).toMatchObject({
      iss: `${emulator.authorityHost}/adfs`,
      // The one of the options comes before the ready-made one.
      upn: "hertha@lab.example",
      unique_name: "LAB\\hertha",
    });
    for (const name of ["tid", "oid", "preferred_username"]) expect(claims).not.toHaveProperty(name);
    expect(claimsOf(json["access_token"])["iss"]).toBe(
      `${emulator.authorityHost.replace("https:", "http:")}/adfs/services/trust`,
    );
  });

  test("refuses without AADSTS numbers", async () => {
    const { status, json } = await send(emulator, "/adfs/oauth2/token/", {
      form: { client_id: emulator.defaults.clientId, grant_type: "refresh_token", refresh_token: "x" },
    });
    expect(status).toBe(400);
    expect(Object.keys(json)).toEqual(["error", "error_description"]);
    expect(JSON.stringify(json)).not.toContain("AADSTS");
  });
});

describe("Entra at the hosts of its clouds", () => {
  test.each([
    ["login.microsoftonline.com", "login.microsoftonline.com"],
    ["login.microsoftonline.us", "login.microsoftonline.us"],
    ["login.chinacloudapi.cn", "login.partner.microsoftonline.cn"],
  ])("%s issues as %s", async (host, issuer) => {
    const { json } = await at(host, "/contoso.example/v2.0/.well-known/openid-configuration");
    expect(json["issuer"]).toBe(`https://${issuer}/${emulator.defaults.tenantId}/v2.0`);
    expect((await at(host, `/${external}/v2.0/.well-known/openid-configuration`)).json).toMatchObject({
      error_codes: [90002],
    });
  });
});

describe("its fetch", () => {
  const document = "/contoso.example/v2.0/.well-known/openid-configuration";

  test.each(["https://login.microsoftonline.com", "https://woodgrove.ciamlogin.com", "{home}"])(
    "leads %s here",
    async (origin) => {
      const home = origin.replace("{home}", emulator.authorityHost);
      expect([200, 400]).toContain((await emulator.fetch(home + document)).status);
    },
  );

  test.each([
    "https://login.microsoftonline.com:8443",
    "https://example.com",
    "http://login.microsoftonline.com",
    "https://fabrikam.ciamlogin.com",
    "https://login.microsoftonline.com.evil.example",
  ])("goes to no %s", async (origin) => {
    await expect(emulator.fetch(origin + document)).rejects.toThrow("does not answer at");
  });

  test("ends with its signal", async () => {
    emulator.script({ on: "discovery", never: true });
    const stop = new AbortController();
    const asked = emulator.fetch(emulator.authorityHost + document, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
    emulator.clearFaults();
  });
});
