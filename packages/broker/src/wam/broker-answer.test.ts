import { describe, expect, test } from "vitest";
import {
  ADA,
  CLIENT_ID,
  CONTOSO,
  FABRIKAM,
  GUEST,
  PERSONAL_TENANT_ID,
  SOPHIE,
  homeIdOf,
  idTokenOf,
  responseOf,
  webAccountOf,
  type FakeAccount,
} from "../../test/fake-account.ts";
import { NOW as now, ORDERS as SCOPE, ORDERS_ASK as ask } from "../../test/orders-ask.ts";
import { entraAnswer } from "./entra-answer.ts";
import { msaAnswer, pairsOf } from "./msa-answer.ts";
import { homeIdOfWebAccount } from "./web-account.ts";

const asked = { ask, now, switched: false };
const grantTo = (account: FakeAccount, tenantId = account.tenantId) => ({
  account,
  clientId: CLIENT_ID,
  scope: SCOPE,
  tenantId,
  serial: 1,
  now,
});
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const idTokenWith = (claims: object): string =>
  `${base64url({ alg: "none" })}.${base64url({ aud: CLIENT_ID, ...claims })}.c2lnbmF0dXJl`;
const RESPONSE = { code: "invalid_response", detail: "broker_invalid_response" };

describe("an answer of Entra's plugin", () => {
  const good = responseOf(grantTo(ADA));
  const withProperties = (properties: Record<string, string | undefined>) => {
    const all = Object.entries({ ...good.properties, ...properties }).filter(
      ([, value]) => value !== undefined,
    );
    return { ...good, properties: Object.fromEntries(all) as Record<string, string> };
  };

  test("is read whole", () => {
    expect(entraAnswer(good, asked)).toEqual({
      kind: "organizations",
      tenantIsTold: true,
      token: good.token,
      expiresOnTimestamp: now + 3_600_000,
      homeAccountId: homeIdOf(ADA),
      tenantId: CONTOSO,
      username: ADA.username,
      grantedScopes: [SCOPE],
      idToken: good.properties["wamcompat_id_token"],
      idTokenClaims: expect.objectContaining({ tid: CONTOSO }),
      webAccountId: webAccountOf(ADA).id,
      switched: false,
      warnings: [],
    });
  });

  test("counts its expiry in seconds since 1601", () => {
    const answer = entraAnswer(withProperties({ TokenExpiresOn: "13424832000" }), asked);
    expect(new Date(answer.expiresOnTimestamp).toISOString()).toBe("2026-06-02T00:00:00.000Z");
  });

  test.each([undefined, "", "0", "soon", "-5", "1e9"])(
    "of no known life (%s) is used once, with a warning",
    (text) => {
      const answer = entraAnswer(withProperties({ TokenExpiresOn: text }), asked);
      expect(answer.expiresOnTimestamp).toBe(now);
      expect(answer.warnings.map(({ code }) => code)).toEqual(["expires_on_missing"]);
    },
  );

  test.each(["999999999999999", "1"])("that expires at %s is beyond reason", (text) => {
    expect(() => entraAnswer(withProperties({ TokenExpiresOn: text }), asked)).toThrow(
      expect.objectContaining(RESPONSE),
    );
  });

  test("may live for three years, and may be from 1970, but neither longer nor older", () => {
    const at = (ms: number) => withProperties({ TokenExpiresOn: String(ms / 1000 + 11_644_473_600) });
    expect(entraAnswer(at(now + 1e11), asked).expiresOnTimestamp).toBe(now + 1e11);
    expect(entraAnswer(at(0), asked).expiresOnTimestamp).toBe(0);
    for (const ms of [now + 1e11 + 1000, -1000]) {
      expect(() => entraAnswer(at(ms), asked)).toThrow(/TokenExpiresOn is missing or malformed/);
    }
  });

  test.each([
    [
      "preferred_username",
      { preferred_username: "first@x.example", upn: "second@x.example" },
      "first@x.example",
    ],
    ["upn", { upn: "second@x.example", email: "third@x.example" }, "second@x.example"],
    ["email", { email: "third@x.example" }, "third@x.example"],
    ["the account's own, where no claim is a name", { preferred_username: "a\nb", upn: 7 }, ADA.username],
  ])("is of the name in %s", (_, claims, username) => {
    const answer = entraAnswer(withProperties({ wamcompat_id_token: idTokenWith(claims) }), asked);
    expect(answer.username).toBe(username);
  });

  describe("is of the tenant", () => {
    const silent = { wamcompat_id_token: undefined, Authority: undefined };
    const inTenant = (tenantId: string) => ({ ...asked, ask: { ...ask, tenantId } });

    test("that the ID token names", () => {
      const response = withProperties({
        wamcompat_id_token: idTokenWith({ tid: FABRIKAM }),
        Authority: undefined,
      });
      expect(entraAnswer(response, asked)).toMatchObject({ tenantId: FABRIKAM, tenantIsTold: true });
    });

    test("that was asked for, where nothing names one", () => {
      const read = entraAnswer(withProperties(silent), inTenant(FABRIKAM));
      expect(read).toMatchObject({ tenantId: FABRIKAM, tenantIsTold: false });
    });

    test("of the account, where none was asked for; without an account, of its home", () => {
      const account = { ...webAccountOf(ADA), properties: { TenantId: FABRIKAM } };
      const { account: _, ...alone } = withProperties(silent);
      expect(entraAnswer({ ...alone, account }, asked)).toMatchObject({
        tenantId: FABRIKAM,
        tenantIsTold: false,
      });
      expect(entraAnswer(alone, asked)).toMatchObject({ tenantId: CONTOSO, tenantIsTold: false });
    });
  });

  test("with an empty ID token or client_info is as one without", () => {
    const read = entraAnswer(withProperties({ wamcompat_id_token: "", wamcompat_client_info: "" }), asked);
    expect(read).toMatchObject({ idToken: undefined, homeAccountId: homeIdOf(ADA) });
  });

  test("that says nowhere whose it is names client_info as what is missing", () => {
    const { account: _, ...rest } = withProperties({ wamcompat_client_info: undefined });
    expect(() => entraAnswer(rest, asked)).toThrow(/client_info is missing or malformed/);
  });

  test("of a guest is the home account's, in the asked tenant", () => {
    const answer = entraAnswer(responseOf(grantTo(GUEST, CONTOSO)), asked);
    expect(answer).toMatchObject({ homeAccountId: homeIdOf(GUEST), tenantId: CONTOSO });
  });

  test("does without an id token, a list of scopes and an account, if client_info is there", () => {
    const { account: _, ...rest } = withProperties({
      wamcompat_id_token: undefined,
      wamcompat_scopes: undefined,
    });
    expect(entraAnswer(rest, asked)).toMatchObject({
      homeAccountId: homeIdOf(ADA),
      tenantId: CONTOSO,
      username: homeIdOf(ADA),
      grantedScopes: [SCOPE],
      idToken: undefined,
      webAccountId: undefined,
    });
  });

  test("does without client_info only if the account names its home", () => {
    const response = withProperties({ wamcompat_client_info: undefined });
    expect(entraAnswer(response, asked).homeAccountId).toBe(homeIdOf(ADA));
    expect(() => entraAnswer({ ...response, account: webAccountOf(GUEST) }, asked)).toThrow(
      expect.objectContaining(RESPONSE),
    );
  });

  test.each([
    ["id token", { wamcompat_id_token: "garbage" }],
    ["id token without claims", { wamcompat_id_token: "a.b.c" }],
    ["id token of JSON that is no object", { wamcompat_id_token: `${base64url({})}.${base64url([1])}.x` }],
    [
      "id token for another application",
      { wamcompat_id_token: idTokenOf({ ...grantTo(ADA), clientId: "other" }) },
    ],
    ["client_info", { wamcompat_client_info: "%%%" }],
    ["client_info without uid", { wamcompat_client_info: base64url({ utid: CONTOSO }) }],
    ["client_info with a path", { wamcompat_client_info: base64url({ uid: "../a", utid: CONTOSO }) }],
  ])("with a bad %s is refused, without repeating it", (_, properties) => {
    let error: Error & { code?: string } = new Error();
    try {
      entraAnswer(withProperties(properties), asked);
    } catch (thrown) {
      error = thrown as Error;
    }
    expect(error).toMatchObject(RESPONSE);
    expect(error.message).not.toContain(Object.values(properties)[0]);
  });

  test.each(["", "a b", "a\r\nb", "tök"])("with the token %j is refused", (token) => {
    expect(() => entraAnswer({ ...good, token }, asked)).toThrow(expect.objectContaining(RESPONSE));
  });

  test("names only scopes that can be shown", () => {
    const granted = `${SCOPE} api://orders/Orders.\u001b[31mRead a\r\nb \u00e4`;
    const { grantedScopes } = entraAnswer(withProperties({ wamcompat_scopes: granted }), asked);
    expect(grantedScopes).toEqual([SCOPE]);
  });

  test("tells which scopes are missing, but never of a literal .default", () => {
    const both = { ...asked, ask: { ...ask, scopes: [SCOPE, "api://orders/Orders.Write"] } };
    const narrowed = entraAnswer(good, both);
    expect(narrowed.warnings).toMatchObject([{ code: "scope_narrowed" }]);
    expect(narrowed.warnings[0]?.message).toContain("Orders.Write");
    const byDefault = { ...asked, ask: { ...ask, scopes: ["https://management.azure.com/.default"] } };
    expect(entraAnswer(good, byDefault).warnings).toEqual([]);
  });
});

describe("an answer of the plugin for personal accounts", () => {
  const good = responseOf(grantTo(SOPHIE));
  const withPairs = (pairs: Record<string, string | undefined>) => {
    const all = Object.entries({ ...Object.fromEntries(pairsOf(good.token)), ...pairs });
    const token = all
      .filter((pair): pair is [string, string] => pair[1] !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join("&");
    return { ...good, token };
  };

  test("is read from its list", () => {
    expect(msaAnswer(good, asked)).toMatchObject({
      kind: "consumers",
      token: pairsOf(good.token).get("access_token"),
      expiresOnTimestamp: now + 3_600_000,
      homeAccountId: homeIdOf(SOPHIE),
      tenantId: PERSONAL_TENANT_ID,
      tenantIsTold: true,
      username: SOPHIE.username,
      grantedScopes: [SCOPE],
      idToken: pairsOf(good.token).get("id_token"),
      idTokenClaims: expect.objectContaining({ preferred_username: SOPHIE.username }),
      webAccountId: webAccountOf(SOPHIE).id,
      warnings: [],
    });
  });

  test("is of the tenant that its ID token names, and without one of that of all personal accounts", () => {
    const elsewhere = withPairs({ id_token: idTokenWith({ tid: CONTOSO }) });
    expect(msaAnswer(elsewhere, asked).tenantId).toBe(CONTOSO);
    const { account: _, ...alone } = withPairs({ id_token: undefined });
    expect(msaAnswer(alone, asked)).toMatchObject({
      tenantId: PERSONAL_TENANT_ID,
      username: homeIdOf(SOPHIE),
      idToken: undefined,
      webAccountId: undefined,
    });
  });

  test("of another token type says that this is what is wrong", () => {
    expect(() => msaAnswer(withPairs({ token_type: "pop" }), asked)).toThrow(
      /token_type is missing or malformed/,
    );
    expect(msaAnswer(withPairs({ token_type: "BEARER" }), asked).token).toContain("secret-token");
  });

  test("without a token type is a bearer's", () => {
    expect(msaAnswer(withPairs({ token_type: undefined }), asked).token).toContain("secret-token");
  });

  test.each([
    ["0", 0],
    ["00000000", 0],
    ["0060", 60_000],
    ["99999999", 99_999_999_000],
  ])("lives for %s s, and for this call only where that is nothing", (expires_in, ms) => {
    const { expiresOnTimestamp, warnings } = msaAnswer(withPairs({ expires_in }), asked);
    expect(expiresOnTimestamp).toBe(now + ms);
    expect(warnings.map(({ code }) => code)).toEqual(ms === 0 ? ["expires_on_missing"] : []);
  });

  test.each(["3600x", "x3600", "100000000", "-5"])(
    "that lives for %s s is refused, and says why",
    (expires_in) => {
      expect(() => msaAnswer(withPairs({ expires_in }), asked)).toThrow(/expires_in is missing or malformed/);
    },
  );

  test("may join scopes by a plus sign", () => {
    const token = `${withPairs({ scope: undefined }).token}&scope=a/One+a/Two`;
    expect(msaAnswer({ ...good, token }, asked).grantedScopes).toEqual(["a/One", "a/Two"]);
  });

  test("keeps what is percent-encoded, also beyond ASCII", () => {
    expect(pairsOf("a=%26%3D%25&b=%F0%9F%98%80&c=")).toEqual(
      new Map([
        ["a", "&=%"],
        ["b", "😀"],
        ["c", ""],
      ]),
    );
  });

  test("may have empty places in its list", () => {
    expect(pairsOf("&a=1&&b=2&")).toEqual(
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    );
  });

  test.each(["EwB4A8l6BAAU", "=x", "a=1&b"])("that lists %j is refused: each pair has a name", (token) => {
    expect(() => pairsOf(token)).toThrow(/the list of a personal account's answer is missing or malformed/);
  });

  test("reports the asked scopes where it names none, and is used once where it has no life", () => {
    const answer = msaAnswer(withPairs({ scope: undefined, expires_in: undefined }), asked);
    expect(answer).toMatchObject({ grantedScopes: [SCOPE], expiresOnTimestamp: now });
    expect(answer.warnings).toMatchObject([{ code: "expires_on_missing" }]);
  });

  test.each([
    ["that is opaque", { ...good, token: "EwB4A8l6BAAU" }],
    ["with broken percent-encoding", { ...good, token: `${good.token}&x=%zz` }],
    ["without an access token", withPairs({ access_token: undefined })],
    ["without client_info", withPairs({ client_info: undefined })],
    ["with a bad client_info", withPairs({ client_info: "x" })],
    ["of another token type", withPairs({ token_type: "pop" })],
    ["with a life that is no number", withPairs({ expires_in: "-5" })],
    ["with a line break in the token", withPairs({ access_token: "a\nb" })],
    ["that is empty", { ...good, token: "" }],
  ])("%s is refused", (_, response) => {
    expect(() => msaAnswer(response, asked)).toThrow(expect.objectContaining(RESPONSE));
  });
});

describe("the home of an account that Windows lists", () => {
  test.each([
    [ADA, { homeAccountId: homeIdOf(ADA), certain: true }],
    [SOPHIE, { homeAccountId: homeIdOf(SOPHIE), certain: true }],
    [GUEST, { homeAccountId: `${GUEST.guestOf?.[CONTOSO]}.${CONTOSO}`, certain: false }],
  ])("%j", (account, home) => {
    expect(homeIdOfWebAccount(webAccountOf(account))).toEqual(home);
  });

  test("is unknown where the properties do not say", () => {
    expect(
      homeIdOfWebAccount({ id: "x", userName: "x", state: 0, properties: { OID: "a/b", TenantId: "c" } }),
    ).toBe(undefined);
  });
});
