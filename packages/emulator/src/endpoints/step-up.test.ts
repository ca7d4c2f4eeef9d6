import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../index.ts";
import { authorize, claimsOf, redeem, refresh, send, type RawAnswer } from "../../test/raw-client.ts";

const P1 = JSON.stringify({ access_token: { acrs: { essential: true, values: ["p1"] } } });
const GROUP = "/subscriptions/1b6e9d34-70c2-4a5f-8e13-c9d0f2a7b586/resourcegroups/rg?api-version=2022-12-01";

let emulator: Emulator;
beforeAll(async () => {
  const seeds = await startEmulator();
  const { tenantId } = seeds.defaults;
  await seeds[Symbol.asyncDispose]();
  emulator = await startEmulator({
    tenants: [
      {
        id: tenantId,
        domain: "contoso.example",
        displayName: "Contoso",
        policies: [{ require: "stepUp", resource: "https://management.azure.com" }],
      },
    ],
  });
});
afterAll(() => emulator[Symbol.asyncDispose]());

const on = (token: string, method: string, path = GROUP): Promise<RawAnswer> =>
  send(emulator, path, {
    method,
    ...(method === "PUT" ? { body: JSON.stringify({ location: "westeurope" }) } : {}),
    headers: { authorization: `Bearer ${token}` },
  });

/** Signs in with claims, as after a challenge. */
async function signedIn(claims?: string): Promise<Record<string, any>> {
  const given = claims === undefined ? {} : { claims };
  return (await redeem(emulator, await authorize(emulator, given), given)).json;
}

describe("P19: a second factor for what changes something", () => {
  test("a token is issued as ever, and reads", async () => {
    const { access_token: token } = await signedIn();
    expect((await on(token, "GET", "/subscriptions?api-version=2022-12-01")).status).toBe(200);
    expect(claimsOf(token)).not.toHaveProperty("acrs");
  });

  test.each(["PUT", "DELETE"])("%s is answered with the claims to sign in with", async (method) => {
    const { access_token: token } = await signedIn();
    const { status, headers, json } = await on(token, method);
    expect([status, json["error"]["code"]]).toEqual([401, "RequestDisallowedByPolicy"]);
    const challenge = /error="insufficient_claims", claims="([^"]+)"/.exec(headers["www-authenticate"] ?? "");
    expect(Buffer.from(challenge?.[1] ?? "", "base64").toString()).toBe(P1);
  });

  test("a sign-in with them asks for the second factor, and the write goes on", async () => {
    const { access_token: token, refresh_token: value } = await signedIn(P1);
    expect(claimsOf(token)).toMatchObject({ acrs: ["p1"], amr: ["pwd", "mfa"] });
    expect((await on(token, "PUT")).status).toBe(201);
    expect((await on(token, "PUT")).json).toMatchObject({ name: "rg", location: "westeurope" });
    // The session has it from now on.
    const renewed = await refresh(emulator, value, { claims: P1 });
    expect(claimsOf(renewed.json["access_token"])["acrs"]).toEqual(["p1"]);
    expect((await on(renewed.json["access_token"], "HEAD")).status).toBe(204);
    expect((await on(renewed.json["access_token"], "DELETE")).status).toBe(200);
    expect((await on(renewed.json["access_token"], "GET")).status).toBe(404);
  });

  test.each([
    P1,
    JSON.stringify({ access_token: { acrs: { essential: true, value: "p1" } } }),
    JSON.stringify({ access_token: { acrs: { values: ["c1"] } } }),
  ])("a session without it is refused in silence, with the claims: %s", async (claims) => {
    const { refresh_token: value } = await signedIn();
    const { status, json } = await refresh(emulator, value, { claims });
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: "interaction_required", error_codes: [50076] });
    expect(JSON.parse(json["claims"])["access_token"]["acrs"]["values"]).toHaveLength(1);
  });
});

describe("two authentication contexts", () => {
  const contextsOf = (claims: string): unknown => JSON.parse(claims)["access_token"]["acrs"]["values"];
  const asking = (...values: string[]): string => JSON.stringify({ access_token: { acrs: { values } } });

  // From a session that has: nothing, the one, the other.
  test.each([[undefined], ["c3"], ["p1"]])("one sign-in satisfies both, with %s before", async (before) => {
    const { refresh_token: value } = await signedIn(before && asking(before));
    const { json } = await refresh(emulator, value, { claims: asking("c3", "p1") });
    expect(contextsOf(json["claims"])).toEqual(["c3", "p1"]);
    const both = await signedIn(json["claims"]);
    expect(claimsOf(both["access_token"])["acrs"]).toEqual(["c3", "p1"]);
    // Nobody is asked again, for both or for one.
    for (const claims of [asking("c3", "p1"), asking("p1", "c3"), asking("p1"), asking("c3")])
      expect((await refresh(emulator, both["refresh_token"], { claims })).status).toBe(200);
  });
});

test("a subscription of nobody, and a group without a place, are refused", async () => {
  const { access_token: token } = await signedIn(P1);
  const elsewhere = GROUP.replace("1b6e9d34", "00000000");
  expect((await on(token, "PUT", elsewhere)).json["error"]["code"]).toBe("SubscriptionNotFound");
  const headers = { authorization: `Bearer ${String(token)}` };
  const without = await send(emulator, GROUP, { method: "PUT", body: "{}", headers });
  expect(without.json["error"]["code"]).toBe("LocationRequired");
  await on(token, "PUT");
  const all = await on(token, "GET", GROUP.replace("/rg?", "?"));
  expect(all.json["value"]).toHaveLength(1);
});
