import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PERSONAL_TENANT_ID, startEmulator, virtualClock, type Emulator } from "../index.ts";
import { ARM, authorize, claimsOf, redeem, refresh, send, signIn, token } from "../../test/raw-client.ts";
import { startForTest } from "../../test/start-for-test.ts";

const WEB = "a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d";
const CONSENT = "b1d5c0aa-31f8-4b0e-9a57-2f4c6d8e0a11";
const CLOCK_START = Date.parse("2030-01-02T03:04:05Z");

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    clock: virtualClock(CLOCK_START),
    applications: [
      { clientId: WEB, name: "Web", webRedirectUris: ["http://localhost"], allowPublicClientFlows: false },
      { clientId: CONSENT, name: "Asks", redirectUris: ["http://localhost"], consent: "required" },
    ],
  });
});
afterAll(() => emulator[Symbol.asyncDispose]());

const CP1 = JSON.stringify({ access_token: { xms_cc: { values: ["cp1"] } } });

describe("a token answer", () => {
  test("has what Entra's has", async () => {
    const answer = await signIn(emulator);
    expect(Object.keys(answer).toSorted()).toEqual([
      "access_token",
      "client_info",
      "expires_in",
      "ext_expires_in",
      "id_token",
      "refresh_token",
      "scope",
      "token_type",
    ]);
    expect(answer).toMatchObject({ token_type: "Bearer", expires_in: 3600, ext_expires_in: 3600 });
    expect(answer["scope"].split(" ")).toEqual(["https://management.azure.com/user_impersonation", ARM]);
  });

  test("carries version 1 claims for Azure Resource Manager", async () => {
    const { access_token: accessToken } = await signIn(emulator);
    const { account, tenantId, clientId } = emulator.defaults;
    const now = CLOCK_START / 1000;
    expect(claimsOf(accessToken)).toMatchObject({
      aud: "https://management.azure.com",
      iss: `${emulator.authorityHost}/${tenantId}/`,
      appid: clientId,
      tid: tenantId,
      oid: account.objectId,
      upn: account.username,
      unique_name: account.username,
      name: account.displayName,
      scp: "user_impersonation",
      ver: "1.0",
      // Entra's tokens were issued five minutes ago, so that a clock that is late takes them.
      iat: now - 300,
      nbf: now - 300,
      exp: now + 3600,
      emulator: true,
    });
  });

  test("keeps the closing slash of a resource in the audience", async () => {
    const { access_token: accessToken } = await signIn(emulator, {
      scope: "https://management.core.windows.net//.default",
    });
    expect(claimsOf(accessToken)["aud"]).toBe("https://management.core.windows.net/");
  });

  test("carries Entra's own issuer for storage, and only there", async () => {
    const answer = await signIn(emulator, { scope: "https://storage.azure.com/.default offline_access" });
    const { tenantId } = emulator.defaults;
    expect(claimsOf(answer["access_token"])).toMatchObject({
      aud: "https://storage.azure.com",
      iss: `https://sts.windows.net/${tenantId}/`,
    });
    const vault = await refresh(emulator, answer["refresh_token"], {
      scope: "https://vault.azure.net/.default",
    });
    expect(claimsOf(vault.json["access_token"])["iss"]).toBe(`${emulator.authorityHost}/${tenantId}/`);
  });

  test("carries version 2 claims for an API that wants them", async () => {
    const { access_token: accessToken } = await signIn(emulator, {
      scope: "api://entrada-sample/Orders.Read",
    });
    const { account, tenantId, clientId } = emulator.defaults;
    expect(claimsOf(accessToken)).toMatchObject({
      aud: "6a2f0b9d-3c84-4e17-95d6-f1e08b7c2a43",
      iss: `${emulator.authorityHost}/${tenantId}/v2.0`,
      azp: clientId,
      preferred_username: account.username,
      scp: "Orders.Read",
      ver: "2.0",
    });
  });

  test("has an id token with the nonce, for this client, and none without openid", async () => {
    const { account, tenantId, clientId } = emulator.defaults;
    const { id_token: idToken } = await signIn(emulator);
    expect(claimsOf(idToken)).toMatchObject({
      aud: clientId,
      iss: `${emulator.authorityHost}/${tenantId}/v2.0`,
      nonce: "nonce-of-the-client",
      tid: tenantId,
      oid: account.objectId,
      preferred_username: account.username,
      ver: "2.0",
    });
    expect(await signIn(emulator, { scope: ARM })).not.toHaveProperty("id_token");
  });

  test("gives no refresh token without offline_access", async () => {
    expect(await signIn(emulator, { scope: `${ARM} openid` })).not.toHaveProperty("refresh_token");
  });

  test("a guest has another object id in the other tenant and the same home", async () => {
    const { guest, otherTenantId } = emulator.defaults;
    emulator.person.script({ action: "approve", account: guest.username });
    const answer = await signIn(emulator, {}, otherTenantId);
    expect(claimsOf(answer["access_token"])).toMatchObject({
      tid: otherTenantId,
      oid: guest.guestOf?.[0]?.objectId,
      upn: "grace_contoso.example#EXT#@fabrikam.example",
      idp: `${emulator.authorityHost}/${guest.tenantId}/v2.0`,
    });
    expect(JSON.parse(Buffer.from(answer["client_info"], "base64url").toString())).toEqual({
      uid: guest.objectId,
      utid: guest.tenantId,
    });
  });

  test("a personal account signs in to the personal tenant", async () => {
    const answer = await signIn(emulator, {}, "consumers");
    expect(claimsOf(answer["id_token"])).toMatchObject({
      tid: PERSONAL_TENANT_ID,
      preferred_username: emulator.defaults.personalAccount.username,
    });
  });

  test("a client that understands revocation gets a day, and is told to renew half way", async () => {
    const answer = await redeem(emulator, await authorize(emulator), { claims: CP1 });
    expect(answer.json).toMatchObject({ expires_in: 86_400, refresh_in: 43_200 });
    expect(claimsOf(answer.json["access_token"])["xms_cc"]).toEqual(["cp1"]);
  });

  test("is not to be kept", async () => {
    const { headers } = await redeem(emulator, await authorize(emulator));
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["date"]).toBe(new Date(emulator.clock.now()).toUTCString());
  });
});

describe("a code", () => {
  test("is good once", async () => {
    const code = await authorize(emulator);
    expect((await redeem(emulator, code)).status).toBe(200);
    const again = await redeem(emulator, code);
    expect(again.status).toBe(400);
    expect(again.json).toMatchObject({ error: "invalid_grant", error_codes: [54005] });
  });

  test("is good for ten minutes", async () => {
    const [early, late] = [await authorize(emulator), await authorize(emulator)];
    emulator.clock.advance(10 * 60 * 1000);
    expect((await redeem(emulator, early)).status).toBe(200);
    emulator.clock.advance(1);
    expect((await redeem(emulator, late)).json).toMatchObject({
      error: "invalid_grant",
      error_codes: [70008],
    });
  });

  test.each([
    ["another verifier", { code_verifier: "x".repeat(43) }, "invalid_grant", 501481],
    ["no verifier", { code_verifier: "" }, "invalid_grant", 50148],
    ["another redirect URI", { redirect_uri: "http://localhost:1" }, "invalid_client", 500112],
    ["no redirect URI", { redirect_uri: "" }, "invalid_request", 900144],
    ["another client", { client_id: CONSENT }, "invalid_grant", 70000],
    ["a secret", { client_secret: "x" }, "invalid_client", 700025],
    ["a garbled code", { code: "x" }, "invalid_grant", 9002313],
    ["a code nobody gave", { code: `0.A${"x".repeat(86)}` }, "invalid_grant", 70000],
    ["no code", { code: "" }, "invalid_request", 900144],
  ])("with %s is refused, and stays good", async (_, changes, error, number) => {
    const code = await authorize(emulator);
    expect((await redeem(emulator, code, changes)).json).toMatchObject({ error, error_codes: [number] });
    expect((await redeem(emulator, code)).status).toBe(200);
  });

  test("is good only where it was asked for, also for a guest", async () => {
    const { guest, tenantId, otherTenantId } = emulator.defaults;
    emulator.person.script({ action: "approve", account: guest.username });
    const code = await authorize(emulator, {}, tenantId);
    expect((await redeem(emulator, code, {}, otherTenantId)).json).toMatchObject({
      error: "invalid_grant",
      error_codes: [700005],
    });
    expect((await redeem(emulator, code, {}, tenantId)).status).toBe(200);
  });

  test("is not redeemed with a verifier that RFC 7636 does not allow, though it fits", async () => {
    for (const verifier of ["short", "x".repeat(129), `${"x".repeat(43)}+`]) {
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      const code = await authorize(emulator, { code_challenge: challenge });
      expect((await redeem(emulator, code, { code_verifier: verifier })).json).toMatchObject({
        error: "invalid_grant",
        error_codes: [501481],
      });
    }
  });

  test("of a redirect URI of the Web platform needs a secret", async () => {
    const code = await authorize(emulator, { client_id: WEB });
    const { status, json } = await redeem(emulator, code, { client_id: WEB });
    expect(status).toBe(401);
    expect(json).toMatchObject({ error: "invalid_client", error_codes: [7000218] });
  });
});

describe("a refresh token", () => {
  test("serves every resource, with one sign-in, and is replaced each time", async () => {
    let { refresh_token: current } = await signIn(emulator);
    const prompts = emulator.count("authorize");
    for (const scope of [
      "https://storage.azure.com/.default",
      "https://graph.microsoft.com/User.Read",
      "https://vault.azure.net/.default",
      ARM,
    ]) {
      const { status, json } = await refresh(emulator, current, { scope });
      expect(status).toBe(200);
      expect(json["refresh_token"]).not.toBe(current);
      current = json["refresh_token"];
    }
    expect(emulator.count("authorize")).toBe(prompts);
  });

  test("serves the other tenant of a guest, and refuses a stranger's", async () => {
    const { guest, otherTenantId } = emulator.defaults;
    emulator.person.script({ action: "approve", account: guest.username });
    const { refresh_token: ofGuest } = await signIn(emulator);
    const { json } = await refresh(emulator, ofGuest, { scope: `${ARM} openid` }, otherTenantId);
    expect(claimsOf(json["id_token"])["tid"]).toBe(otherTenantId);
    const { refresh_token: ofAda } = await signIn(emulator);
    const refused = await refresh(emulator, ofAda, {}, otherTenantId);
    expect(refused.json).toMatchObject({ error: "invalid_grant", error_codes: [50020] });
  });

  test("of a work account is not for the consumers endpoint", async () => {
    const { refresh_token: value } = await signIn(emulator);
    expect((await refresh(emulator, value, {}, "consumers")).json["error_codes"]).toEqual([500208]);
  });

  test.each([
    ["garbled", "x", 9002313],
    ["unknown", `1.A${"x".repeat(86)}`, 70000],
  ])("that is %s is refused", async (_, value, number) => {
    expect((await refresh(emulator, value)).json).toMatchObject({
      error: "invalid_grant",
      error_codes: [number],
    });
  });

  test("of another client is refused", async () => {
    const { refresh_token: value } = await signIn(emulator);
    const { json } = await refresh(emulator, value, { client_id: CONSENT });
    expect(json).toMatchObject({ error: "invalid_grant", error_codes: [70000] });
  });

  test("dies of disuse after 90 days", async () => {
    const { refresh_token: value } = await signIn(emulator);
    emulator.clock.advance(90 * 24 * 60 * 60 * 1000 + 1);
    expect((await refresh(emulator, value)).json).toMatchObject({
      error: "invalid_grant",
      suberror: "bad_token",
      error_codes: [700082],
    });
  });

  test("dies when the account is revoked; a new sign-in works", async () => {
    const { refresh_token: value } = await signIn(emulator);
    emulator.revoke(emulator.defaults.account);
    expect((await refresh(emulator, value)).json).toMatchObject({
      error: "invalid_grant",
      error_codes: [50173],
    });
    const fresh = await signIn(emulator);
    expect((await refresh(emulator, fresh["refresh_token"])).status).toBe(200);
  });

  test("does not widen consent", async () => {
    const code = await authorize(emulator, { client_id: CONSENT });
    const { json } = await redeem(emulator, code, { client_id: CONSENT });
    const other = await refresh(emulator, json["refresh_token"], {
      client_id: CONSENT,
      scope: "https://vault.azure.net/.default",
    });
    expect(other.json).toMatchObject({
      error: "invalid_grant",
      suberror: "consent_required",
      error_codes: [65001],
    });
  });
});

describe("a tenant's policies", () => {
  const strict = async (require: "mfa" | "compliantDevice" | "managedDevice" | "block") =>
    startForTest({
      tenants: [
        {
          id: "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10",
          domain: "contoso.example",
          displayName: "Contoso",
          policies: [{ require, resource: "https://vault.azure.net" }],
        },
      ],
    });

  test.each([
    ["mfa", 50076, "basic_action"],
    ["compliantDevice", 53000, "additional_action"],
    ["managedDevice", 530003, "message_only"],
    ["block", 53003, "message_only"],
  ] as const)(
    "%s: a silent request is refused with a claims challenge",
    async (require, number, suberror) => {
      const strictOne = await strict(require);
      const { refresh_token: value } = await signIn(strictOne);
      const { status, json } = await refresh(strictOne, value, { scope: "https://vault.azure.net/.default" });
      expect(status).toBe(400);
      expect(json).toMatchObject({ error: "interaction_required", suberror, error_codes: [number] });
      expect(JSON.parse(json["claims"])).toMatchObject({ access_token: { capolids: { essential: true } } });
      expect((await refresh(strictOne, value)).status).toBe(200);
    },
  );

  test("the challenge leads to a sign-in that satisfies it, also for what was refused", async () => {
    const strictOne = await strict("mfa");
    const { refresh_token: value } = await signIn(strictOne);
    const { json } = await refresh(strictOne, value, { scope: "https://vault.azure.net/.default" });
    const answer = await signIn(strictOne, { claims: json["claims"] });
    expect(claimsOf(answer["access_token"])["amr"]).toEqual(["pwd", "mfa"]);
    const vault = await refresh(strictOne, answer["refresh_token"], {
      scope: "https://vault.azure.net/.default",
    });
    expect(vault.status).toBe(200);
  });
});

describe("a token request", () => {
  test.each([
    ["without a grant type", { grant_type: "" }, 400, "invalid_request", 900144],
    ["of an unknown grant type", { grant_type: "password" }, 400, "unsupported_grant_type", 70003],
    ["without a client", { grant_type: "refresh_token", client_id: "" }, 400, "invalid_request", 900144],
    [
      "of an unknown client",
      { grant_type: "refresh_token", client_id: "x" },
      400,
      "unauthorized_client",
      700016,
    ],
  ])("%s is refused", async (_, form, status, error, number) => {
    const answer = await token(emulator, form);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error, error_codes: [number] });
  });

  test.each(["token", "devicecode"])("to %s with a parameter given twice is refused", async (endpoint) => {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: "x",
      client_id: emulator.defaults.clientId,
      scope: ARM,
    });
    for (const name of form.keys()) {
      const { status, json } = await send(emulator, `/organizations/oauth2/v2.0/${endpoint}`, {
        body: `${form.toString()}&${new URLSearchParams({ [name]: form.get(name)! }).toString()}`,
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
      expect(status).toBe(400);
      expect(json).toMatchObject({ error: "invalid_request", error_codes: [9000411] });
    }
  });

  test("that authenticates a public client in its header is refused", async () => {
    const basic = Buffer.from(`${emulator.defaults.clientId}:secret`).toString("base64");
    const { status, json } = await send(emulator, "/organizations/oauth2/v2.0/token", {
      form: { grant_type: "refresh_token", refresh_token: "x", client_id: emulator.defaults.clientId },
      headers: { authorization: `Basic ${basic}` },
    });
    expect(status).toBe(401);
    expect(json).toMatchObject({ error: "invalid_client", error_codes: [700025] });
  });

  test("an error has Entra's form, with the client's correlation id", async () => {
    const correlationId = "7e1a9a3c-6f0b-4c55-8f0a-5d3c2b1a0f9e";
    const { json, headers } = await send(emulator, "/organizations/oauth2/v2.0/token", {
      form: { grant_type: "password", client_id: emulator.defaults.clientId },
      headers: { "client-request-id": correlationId },
    });
    expect(Object.keys(json)).toEqual([
      "error",
      "error_description",
      "error_codes",
      "timestamp",
      "trace_id",
      "correlation_id",
      "error_uri",
    ]);
    expect(json["correlation_id"]).toBe(correlationId);
    expect(json["trace_id"]).toBe(headers["x-ms-request-id"]);
    expect(json["timestamp"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    expect(json["error_description"]).toBe(
      `AADSTS70003: The grant type 'password' is not supported. Trace ID: ${json["trace_id"]} Correlation ID: ${correlationId} Timestamp: ${json["timestamp"]}`,
    );
    expect(json["error_uri"]).toBe(`${emulator.authorityHost}/error?code=70003`);
    expect((await send(emulator, "/error?code=70003")).text).toContain("AADSTS70003");
  });
});
