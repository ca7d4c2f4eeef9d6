import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../index.ts";
import { claimsOf, send, signIn, type RawAnswer } from "../../test/raw-client.ts";

const ORDERS = "0a1b2c3d-1111-4222-8333-444455556666";
const GRAPH = "https://graph.microsoft.com";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    applications: [
      {
        clientId: ORDERS,
        name: "Orders",
        redirectUris: ["http://localhost/signed-in"],
        allowPublicClientFlows: false,
        consent: "required",
      },
    ],
  });
});
afterAll(() => emulator[Symbol.asyncDispose]());

async function tokenFor(permission: string): Promise<string> {
  return String((await signIn(emulator, { scope: `${GRAPH}/${permission}` }))["access_token"]);
}

const ask = (token: string, path: string, method = "GET", body?: object): Promise<RawAnswer> =>
  send(emulator, path, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    headers: { authorization: `Bearer ${token}` },
  });

const find = (clientId: string): string =>
  `/v1.0/applications?$filter=${encodeURIComponent(`appId eq '${clientId}'`)}`;

describe("Microsoft Graph", () => {
  test("says who somebody is", async () => {
    const { account } = emulator.defaults;
    const { json } = await ask(await tokenFor(".default"), "/v1.0/me");
    expect(json).toMatchObject({ id: account.objectId, userPrincipalName: account.username });
  });

  test("shows a registration, and changes it for whoever may", async () => {
    const token = await tokenFor("Application.ReadWrite.All");
    expect(claimsOf(token)["scp"]).toContain("Application.ReadWrite.All");
    const [application] = (await ask(token, find(ORDERS))).json["value"];
    expect(application).toMatchObject({
      appId: ORDERS,
      displayName: "Orders",
      isFallbackPublicClient: false,
      publicClient: { redirectUris: ["http://localhost/signed-in"] },
    });
    const path = `/v1.0/applications/${application.id}`;
    const change = { isFallbackPublicClient: true, publicClient: { redirectUris: ["http://localhost"] } };
    expect((await ask(token, path, "PATCH", change)).status).toBe(204);
    expect((await ask(token, path)).json).toMatchObject(change);
  });

  test("does not for whoever may only read, or not even that", async () => {
    const reader = await tokenFor("Application.Read.All");
    const [application] = (await ask(reader, find(ORDERS))).json["value"];
    const path = `/v1.0/applications/${application.id}`;
    const refused = await ask(reader, path, "PATCH", { displayName: "Mine" });
    expect([refused.status, refused.json["error"]["code"]]).toEqual([403, "Authorization_RequestDenied"]);
    expect((await ask(await tokenFor("User.Read"), path)).status).toBe(403);
    expect((await ask("x", path)).json["error"]["code"]).toBe("InvalidAuthenticationToken");
    const { access_token: vault } = await signIn(emulator, { scope: "https://vault.azure.net/.default" });
    expect((await ask(String(vault), "/v1.0/me")).status).toBe(401);
  });

  test.each([
    ["/v1.0/applications/00000000-0000-4000-8000-000000000000", "PATCH", {}, 404],
    [`/v1.0/applications?$filter=displayName%20eq%20'x'`, "GET", undefined, 400],
    ["{orders}", "PATCH", { passwordCredentials: [] }, 400],
    ["{orders}", "PATCH", { publicClient: { redirectUris: [5] } }, 400],
    [find("nobody"), "GET", undefined, 200],
  ])("%s %s %o is answered with %i", async (path, method, body, status) => {
    const token = await tokenFor("Application.ReadWrite.All");
    const [application] = (await ask(token, find(ORDERS))).json["value"];
    const place = path.replace("{orders}", `/v1.0/applications/${application.id}`);
    expect((await ask(token, place, method, body)).status).toBe(status);
  });
});

test.each(["https://orders.example/", "https://orders.example"])(
  "E10: the resource %s has tokens",
  async (uri) => {
    await using own = await startEmulator({
      resources: [{ uri, appId: ORDERS, name: "Orders", scopes: ["Read"] }],
    });
    for (const audience of ["https://orders.example", "https://orders.example/"]) {
      const { access_token: token } = await signIn(own, { scope: `${audience}/.default` });
      expect(claimsOf(String(token))["aud"]).toBe(audience);
    }
  },
);
