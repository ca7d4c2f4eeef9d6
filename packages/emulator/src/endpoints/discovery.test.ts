import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PERSONAL_TENANT_ID, startEmulator, type Emulator } from "../index.ts";
import { claimsOf, send, signIn } from "../../test/raw-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator[Symbol.asyncDispose]());

const configuration = (tenant: string) => send(emulator, `/${tenant}/v2.0/.well-known/openid-configuration`);

describe("openid-configuration", () => {
  test("a tenant's issuer names the tenant, by its id and by its domain", async () => {
    const { tenantId } = emulator.defaults;
    for (const segment of [tenantId, "contoso.example"]) {
      const { json } = await configuration(segment);
      expect(json["issuer"]).toBe(`${emulator.authorityHost}/${tenantId}/v2.0`);
    }
  });

  test("the words for many tenants give the template, and consumers the personal tenant", async () => {
    expect((await configuration("common")).json["issuer"]).toBe(`${emulator.authorityHost}/{tenantid}/v2.0`);
    expect((await configuration("organizations")).json["issuer"]).toBe(
      `${emulator.authorityHost}/{tenantid}/v2.0`,
    );
    const { json } = await configuration("consumers");
    expect(json["issuer"]).toBe(`${emulator.authorityHost}/${PERSONAL_TENANT_ID}/v2.0`);
  });

  test("every address in it is on the origin it was asked at", async () => {
    const host = `127.0.0.1:${emulator.port}`;
    const { json } = await send(emulator, "/organizations/v2.0/.well-known/openid-configuration", {
      headers: { host },
    });
    const addresses = Object.values(json).filter((it) => typeof it === "string" && it.startsWith("http"));
    expect(addresses.length).toBeGreaterThanOrEqual(6);
    expect(addresses.filter((it) => !String(it).startsWith(`https://${host}/`))).toEqual([]);
  });

  test.each([
    ["00000000-1111-2222-3333-444444444444", 90002],
    ["nowhere.example", 90002],
    ["nonsense", 900023],
  ])("the tenant %s is refused with AADSTS%i", async (tenant, number) => {
    const { status, json } = await configuration(tenant);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: "invalid_request", error_codes: [number] });
  });
});

test("the published key checks the tokens", async () => {
  const { json } = await send(emulator, "/organizations/discovery/v2.0/keys");
  const [key] = json["keys"] as [Record<string, any>];
  const { access_token: accessToken } = await signIn(emulator);
  const [header, payload, signature] = String(accessToken).split(".") as [string, string, string];
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({
    alg: "RS256",
    kid: key["kid"],
    x5t: key["x5t"],
  });
  const certificate = new X509Certificate(Buffer.from(String(key["x5c"][0]), "base64"));
  for (const publicKey of [createPublicKey({ key, format: "jwk" }), certificate.publicKey]) {
    const content = Buffer.from(`${header}.${payload}`);
    expect(verify("sha256", content, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
  }
  expect(claimsOf(String(accessToken))["emulator"]).toBe(true);
});

describe("instance discovery", () => {
  const ask = (endpoint: string) =>
    send(
      emulator,
      `/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(endpoint)}`,
    );

  test("knows this emulator", async () => {
    const { json } = await ask(`${emulator.authorityHost}/organizations/oauth2/v2.0/authorize`);
    expect(json["tenant_discovery_endpoint"]).toBe(
      `${emulator.authorityHost}/organizations/v2.0/.well-known/openid-configuration`,
    );
    expect(json["metadata"][0]["aliases"]).toEqual([`localhost:${emulator.port}`]);
  });

  test("knows no other authority", async () => {
    const { status, json } = await ask("https://login.elsewhere.example/organizations/oauth2/v2.0/authorize");
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: "invalid_instance", error_codes: [50049] });
  });
});
