import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, virtualClock, type Emulator } from "../index.ts";
import { ARM, authorize, redeem, refresh, send, signIn, type RawAnswer } from "../../test/raw-client.ts";
import { startForTest } from "../../test/start-for-test.ts";

const CP1 = JSON.stringify({ access_token: { xms_cc: { values: ["cp1"] } } });

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ clock: virtualClock() });
});
afterAll(() => emulator[Symbol.asyncDispose]());

const ask = (accessToken: string, path = "/subscriptions?api-version=2022-12-01", on = emulator) =>
  send(on, path, { headers: { authorization: `Bearer ${accessToken}` } });

/** The code of a 401 that has the form and the challenge of Azure's. */
function refusalIn({ status, headers, json }: RawAnswer): string | undefined {
  const challenged = /^Bearer realm="", authorization_uri="https:\/\/localhost:\d+\//.test(
    headers["www-authenticate"] ?? "",
  );
  const { code, message } = json["error"] as { code: string; message: string };
  return status === 401 && challenged && message.length > 0 ? code : undefined;
}

describe("with a token for it", () => {
  test.each([
    "https://management.azure.com",
    "https://management.azure.com/",
    "https://management.core.windows.net",
    "https://management.core.windows.net/",
  ])("%s is an audience", async (audience) => {
    const { access_token: accessToken } = await signIn(emulator, { scope: `${audience}/.default` });
    expect((await ask(accessToken)).status).toBe(200);
  });

  test("lists the subscriptions of the token's tenant, and gives one by id", async () => {
    const { guest, otherTenantId } = emulator.defaults;
    emulator.person.script({ action: "approve", account: guest.username });
    const { access_token: home, refresh_token: value } = await signIn(emulator);
    const names = (answer: RawAnswer) => answer.json["value"].map((it: any) => it.displayName) as string[];
    expect(names(await ask(home))).toEqual(["Contoso Production", "Contoso Development"]);
    const { json } = await refresh(emulator, value, {}, otherTenantId);
    const other = await ask(json["access_token"]);
    expect(names(other)).toEqual(["Fabrikam Shared"]);
    const [one] = other.json["value"];
    expect((await ask(json["access_token"], `${one.id}?api-version=2022-12-01`)).json).toEqual(one);
    expect((await ask(home, `${one.id}?api-version=2022-12-01`)).json["error"]["code"]).toBe(
      "SubscriptionNotFound",
    );
  });

  test("lists the tenants of the account, its home first", async () => {
    const { guest, tenantId, otherTenantId } = emulator.defaults;
    emulator.person.script({ action: "approve", account: guest.username });
    const { access_token: accessToken } = await signIn(emulator);
    const { json } = await ask(accessToken, "/tenants?api-version=2022-12-01");
    expect(json["value"].map((it: any) => it.tenantId)).toEqual([tenantId, otherTenantId]);
  });

  test("wants an api-version", async () => {
    const { access_token: accessToken } = await signIn(emulator);
    const { status, json } = await ask(accessToken, "/subscriptions");
    expect(status).toBe(400);
    expect(json["error"]["code"]).toBe("MissingApiVersionParameter");
  });
});

describe("refuses", () => {
  test("no token", async () => {
    expect(refusalIn(await send(emulator, "/subscriptions?api-version=2022-12-01"))).toBe(
      "AuthenticationFailed",
    );
  });

  test("a token for another audience", async () => {
    const { access_token: accessToken } = await signIn(emulator, {
      scope: "https://vault.azure.net/.default",
    });
    expect(refusalIn(await ask(accessToken))).toBe("InvalidAuthenticationTokenAudience");
  });

  test("a token whose claims were changed, and one without a signature", async () => {
    const { access_token: accessToken } = await signIn(emulator);
    const [header, payload = "", signature] = String(accessToken).split(".");
    const changed = Buffer.from(payload, "base64url").toString().replace("ada@", "eve@");
    const forged = Buffer.from(changed).toString("base64url");
    expect(refusalIn(await ask(`${header}.${forged}.${signature}`))).toBe("InvalidAuthenticationToken");
    expect(refusalIn(await ask(`${header}.${payload}.`))).toBe("InvalidAuthenticationToken");
  });

  test("another emulator's token", async () => {
    const other = await startForTest();
    const { access_token: accessToken } = await signIn(other);
    expect(refusalIn(await ask(accessToken))).toBe("InvalidAuthenticationToken");
  });

  test("a token from the second its life ends", async () => {
    const { access_token: accessToken, expires_in: lifetime } = await signIn(emulator);
    emulator.clock.advance(lifetime * 1000 - 1000);
    expect((await ask(accessToken)).status).toBe(200);
    emulator.clock.advance(1000);
    expect(refusalIn(await ask(accessToken))).toBe("ExpiredAuthenticationToken");
  });
});

describe("continuous access evaluation", () => {
  const continuous = async () => (await redeem(emulator, await authorize(emulator), { claims: CP1 })).json;

  test("a revoked session gets a claims challenge, and a new sign-in that answers it works", async () => {
    const { access_token: accessToken } = await continuous();
    expect((await ask(accessToken)).status).toBe(200);
    emulator.revoke(emulator.defaults.account);
    const refused = await ask(accessToken);
    expect(refusalIn(refused)).toBe("InvalidAuthenticationToken");
    const challenge = String(refused.headers["www-authenticate"]);
    expect(challenge).toContain('error="insufficient_claims"');
    const claims = Buffer.from(/claims="([^"]+)"/.exec(challenge)?.[1] ?? "", "base64").toString();
    expect(JSON.parse(claims)["access_token"]["nbf"]).toEqual({
      essential: true,
      value: expect.stringMatching(/^\d+$/),
    });
    const fresh = await continuous();
    expect((await ask(fresh["access_token"])).status).toBe(200);
  });

  test("with the refresh token left alive, a silent renewal is enough", async () => {
    const { access_token: accessToken, refresh_token: value } = await continuous();
    emulator.revoke(emulator.defaults.account.username, { refreshTokens: false });
    expect((await ask(accessToken)).status).toBe(401);
    const { json } = await refresh(emulator, value, { claims: CP1, scope: ARM });
    expect((await ask(json["access_token"])).status).toBe(200);
  });

  test("a client that does not understand it keeps its token", async () => {
    const { access_token: accessToken } = await signIn(emulator);
    emulator.revoke(emulator.defaults.account);
    expect((await ask(accessToken)).status).toBe(200);
  });

  test("an unknown account cannot be revoked", () => {
    expect(() => emulator.revoke("nobody@contoso.example")).toThrow(RangeError);
  });
});
