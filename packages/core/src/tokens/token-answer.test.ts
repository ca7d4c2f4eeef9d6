import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  CLIENT,
  CONSUMERS,
  ISSUER,
  NOW,
  TENANT,
  clientInfo,
  encoded,
  goodAnswer,
  goodClaims,
  idToken,
} from "../../test/http/token-documents.ts";
import type { Json } from "../../test/http/token-documents.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { checkTokenAnswer } from "./token-answer.ts";
import type { CheckedTokenAnswer } from "./token-answer.ts";
import type { TokenExpectations } from "./token-expectations.ts";

const EXPECTED: TokenExpectations = {
  clientId: CLIENT,
  tenantId: "organizations",
  issuer: ISSUER,
  nonce: "n-1",
  requestedScopes: ["https://graph.microsoft.com/User.Read"],
  now: NOW,
  correlationId: "c-1",
};

function check(changes: Json, expected: Partial<TokenExpectations> = {}): CheckedTokenAnswer {
  return checkTokenAnswer(goodAnswer(changes), { ...EXPECTED, ...expected });
}

function refusalOf(changes: Json, expected: Partial<TokenExpectations> = {}): AuthenticationError {
  try {
    check(changes, expected);
  } catch (error) {
    if (error instanceof AuthenticationError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

const withClaims = (changes: Json): Json => ({ id_token: idToken(goodClaims(changes)) });

it("a good answer becomes a token, its times by our clock, and whose it is", () => {
  expect(check({})).toEqual({
    accessToken: "eyJ0eXAi.access-token.sig",
    expiresOnTimestamp: NOW + 3_600_000,
    refreshAfterTimestamp: NOW + 1_800_000,
    grantedScopes: ["https://graph.microsoft.com/User.Read"],
    idTokenClaims: expect.objectContaining({ preferred_username: "ana@contoso.test", tid: TENANT }),
    clientInfo: { uid: "22223333-cccc-4444-dddd-5555eeee6666", utid: TENANT },
    refreshToken: "0.refresh-token",
    warnings: [],
  });
});

it("a refresh may do without an ID token, a client_info and a new refresh token", () => {
  const changes = {
    id_token: undefined,
    client_info: undefined,
    refresh_token: undefined,
    refresh_in: undefined,
  };
  expect(check(changes, { nonce: undefined })).toEqual({
    accessToken: "eyJ0eXAi.access-token.sig",
    expiresOnTimestamp: NOW + 3_600_000,
    grantedScopes: ["https://graph.microsoft.com/User.Read"],
    warnings: [],
  });
});

it("what the answer does not have, the result does not name", () => {
  const changes = {
    id_token: undefined,
    client_info: undefined,
    refresh_token: undefined,
    refresh_in: undefined,
  };
  expect(Object.keys(check(changes, { nonce: undefined })).toSorted()).toEqual([
    "accessToken",
    "expiresOnTimestamp",
    "grantedScopes",
    "warnings",
  ]);
});

it("an ID token that comes with a renewal is checked as any other, only for no nonce", () => {
  expect(check({}, { nonce: undefined }).idTokenClaims).toMatchObject({ tid: TENANT });
  expect(refusalOf(withClaims({ aud: "other" }), { nonce: undefined }).detail).toBe("id_token_invalid");
  expect(refusalOf({ id_token: null }, { nonce: undefined }).detail).toBe("id_token_invalid");
});

it.each(["access_token", "refresh_token"])(
  "an empty %s is said to be missing, another to hold a wrong sign",
  (field) => {
    expect(refusalOf({ [field]: "" }).message).toContain(`${field} is missing or not a text`);
    expect(refusalOf({ [field]: " " }).message).toContain(`${field} holds a character that no token has`);
  },
);

it.each([0, 3600])(
  "a refresh_in of %i s, no less than nothing and no later than the end, is used",
  (refresh_in) => {
    const checked = check({ refresh_in });
    expect(checked.refreshAfterTimestamp).toBe(NOW + refresh_in * 1000);
    expect(checked.warnings).toEqual([]);
  },
);

// JSON has no such number, but 1e999 becomes one.
it.each(["expires_in", "refresh_in"])("an endless %s is refused", (field) => {
  expect(refusalOf({ [field]: Infinity }).detail).toBe(field);
});

it.each(["!", "\n", " ", "===", "."])("a client_info with %j before or after it names nobody", (sign) => {
  expect(refusalOf({ client_info: clientInfo() + sign }).detail).toBe("client_info");
  expect(refusalOf({ client_info: sign + clientInfo() }).detail).toBe("client_info");
});

describe("refused with the field's name, and without its value", () => {
  const unprintable = ["a\rb", "a\nb", "a b", "tok\u0000en", "tökén", "a\u007f", "\u{1f511}"];
  const noText = [undefined, null, "", 0, 1, true, {}, [], ["a"], { a: 1 }];
  const rows: [row: string, changes: Json, detail: string][] = [
    ...noText.map((value): [string, Json, string] => ["T1, T2", { access_token: value }, "access_token"]),
    ...unprintable.map((value): [string, Json, string] => ["T3", { access_token: value }, "access_token"]),
    ...[null, "", 5, {}, "a b"].map((v): [string, Json, string] => [
      "T3",
      { refresh_token: v },
      "refresh_token",
    ]),
    ...[undefined, null, "mac", "pop", "", "Bearer ", 1, {}, ["Bearer"]].map(
      (value): [string, Json, string] => ["T4", { token_type: value }, "token_type"],
    ),
    ...["abc", "-5", "", "1e3", "3600.5", " 3600", null, -5, 0, "0", {}, [3600], true].map(
      (value): [string, Json, string] => ["T5", { expires_in: value }, "expires_in"],
    ),
    ...[1e300, 100_000_001, "100000001", "999999999999999", "9".repeat(400)].map(
      (value): [string, Json, string] => ["T6", { expires_in: value }, "expires_in"],
    ),
    ...[null, "abc", -1, {}, "1e3"].map((v): [string, Json, string] => [
      "refresh_in",
      { refresh_in: v },
      "refresh_in",
    ]),
    ...[
      undefined,
      null,
      "",
      "garbage",
      "a.b",
      "a.b.c.d",
      "a..c",
      "a.e30.",
      ".e30.c",
      5,
      {},
      "ä.e30.c",
      "a.e30.c\n",
    ].map((value): [string, Json, string] => ["T7", { id_token: value }, "id_token_invalid"]),
    ...["", "[]", "null", "5", '"x"', "{", "\u00ff"].map((payload): [string, Json, string] => [
      "T7",
      { id_token: `e30.${Buffer.from(payload, "latin1").toString("base64url")}.c2ln` },
      "id_token_invalid",
    ]),
    ...[undefined, null, "", "other", 5, {}, [], ["other"]].map((aud): [string, Json, string] => [
      "T8 aud",
      withClaims({ aud }),
      "id_token_invalid",
    ]),
    ...[
      undefined,
      "",
      5,
      ISSUER,
      `https://login.microsoftonline.com/${TENANT}/v1.0`,
      `https://sts.windows.net/${TENANT}/`,
      `https://login.contoso.test/${TENANT}/v2.0`,
      `https://login.microsoftonline.com/${CONSUMERS}/v2.0`,
      `https://login.microsoftonline.com/${TENANT}/v2.0/`,
    ].map((iss): [string, Json, string] => ["T8 iss", withClaims({ iss }), "id_token_invalid"]),
    ...[undefined, null, 0, NOW / 1000 - 300, String(NOW / 1000 + 3600), {}].map(
      (exp): [string, Json, string] => ["T8 exp", withClaims({ exp }), "id_token_invalid"],
    ),
    ...[undefined, null, "", 5, {}, "a b", "../x", "$&"].map((tid): [string, Json, string] => [
      "T8 tid",
      withClaims({ tid }),
      "id_token_invalid",
    ]),
    ...[undefined, "", "other", 5, ["n-1"]].map((nonce): [string, Json, string] => [
      "T10",
      withClaims({ nonce }),
      "id_token_invalid",
    ]),
    ...[{ oid: 5 }, { preferred_username: {} }, { name: "a\u001b[31m" }, { email: "x".repeat(2000) }].map(
      (claims): [string, Json, string] => ["names", withClaims(claims), "id_token_invalid"],
    ),
    ...[
      null,
      "",
      "garbage",
      5,
      {},
      encoded([]),
      encoded({ uid: "u" }),
      clientInfo({ uid: 5 }),
      clientInfo({ utid: "" }),
    ].map((value): [string, Json, string] => ["T11", { client_info: value }, "client_info"]),
    ...[{ uid: "a/../b" }, { utid: "a b" }, { uid: "a\n" }].map((value): [string, Json, string] => [
      "T11",
      { client_info: clientInfo(value) },
      "client_info",
    ]),
    ...["invalid_grant", "", {}, 0, false].map((error): [string, Json, string] => [
      "T12",
      { error },
      "error",
    ]),
    ...[null, 5, {}, ["a"], "a\nb", "ä"].map((scope): [string, Json, string] => [
      "scope",
      { scope },
      "scope",
    ]),
  ];

  it.each(rows)("%s: %o", (_row, changes, detail) => {
    const error = refusalOf(changes);
    expect(error).toMatchObject({ code: "invalid_response", detail, retryable: false, correlationId: "c-1" });
    for (const value of Object.values(changes).flatMap((each) => [each, inspect(each)])) {
      if (typeof value === "string" && value.length > 4) expect(error.message).not.toContain(value);
    }
  });
});

describe("accepted", () => {
  it.each(["bearer", "BEARER", "Bearer"])("T4: the type %s", (token_type) => {
    expect(check({ token_type }).accessToken).toBe("eyJ0eXAi.access-token.sig");
  });

  it.each([
    [3600, 3_600_000],
    ["3600", 3_600_000],
    [1, 1000],
    [100_000_000, 100_000_000_000],
    [3599.5, 3_599_500],
  ])("T5: a lifetime of %o s", (expires_in, ms) => {
    expect(check({ expires_in, refresh_in: undefined }).expiresOnTimestamp).toBe(NOW + ms);
  });

  it("T5: no lifetime, which means an hour and a warning", () => {
    const checked = check({ expires_in: undefined });
    expect(checked.expiresOnTimestamp).toBe(NOW + 3_600_000);
    expect(checked.warnings).toMatchObject([{ code: "expires_in_missing" }]);
  });

  it("a refresh_in beyond the end, which is not used", () => {
    const checked = check({ refresh_in: 3601 });
    expect(checked).not.toHaveProperty("refreshAfterTimestamp");
    expect(checked.warnings).toMatchObject([{ code: "refresh_in_ignored" }]);
  });

  it("T8: an ID token that expired less than five minutes ago", () => {
    expect(check(withClaims({ exp: NOW / 1000 - 299 })).idTokenClaims).toBeDefined();
  });

  it("T8: an ID token that is good by the authority's clock, when ours is two hours ahead", () => {
    const now = NOW + 7_200_000;
    expect(refusalOf({}, { now })).toMatchObject({ detail: "id_token_invalid" });
    expect(check({}, { now, skewInMs: -7_200_000 }).expiresOnTimestamp).toBe(now + 3_600_000);
  });

  it("T8: an audience among others", () => {
    expect(check(withClaims({ aud: ["other", CLIENT] })).idTokenClaims).toBeDefined();
  });

  it("T8: a fixed issuer, with or without a tenant", () => {
    const iss = "https://login.contoso.test";
    const expected = { issuer: iss, tenantId: TENANT };
    expect(check(withClaims({ iss, tid: undefined }), expected).idTokenClaims).toMatchObject({ iss });
    expect(refusalOf(withClaims({ iss: `${iss}/`, tid: undefined }), expected).detail).toBe(
      "id_token_invalid",
    );
  });

  it("T12: an error that is null", () => {
    expect(check({ error: null }).accessToken).toBeDefined();
  });
});

describe("an issuer that names what was asked", () => {
  const tid = TENANT;
  const issuerOf = (tenant: string): string => `https://login.contoso.test/${tenant}/v2.0`;

  it.each(["organizations", "common", "contoso.example"])(
    "%s stands for the tenant of the token",
    (asked) => {
      const expected = { issuer: issuerOf(asked), tenantId: asked };
      expect(check(withClaims({ iss: issuerOf(tid), tid }), expected).idTokenClaims).toMatchObject({ tid });
      expect(refusalOf(withClaims({ iss: issuerOf("other.example"), tid }), expected).detail).toBe(
        "id_token_invalid",
      );
    },
  );
});

describe("T9: the tenant", () => {
  const other = "bbbbcccc-1111-dddd-2222-eeee3333ffff";
  const of = (tid: string): Json => withClaims({ tid, iss: ISSUER.replace("{tenantid}", tid) });

  it.each([
    [TENANT, TENANT],
    [TENANT.toUpperCase(), TENANT],
    [TENANT, TENANT.toUpperCase()],
    ["organizations", TENANT],
    ["common", TENANT],
    ["common", CONSUMERS],
    ["consumers", CONSUMERS],
    ["contoso.test", TENANT],
  ])("%s accepts a token of %s", (tenantId, tid) => {
    expect(check(of(tid), { tenantId }).idTokenClaims).toMatchObject({ tid });
  });

  it.each([
    [TENANT, other],
    [TENANT, CONSUMERS],
    ["organizations", CONSUMERS],
    ["consumers", TENANT],
  ])("%s refuses a token of %s", (tenantId, tid) => {
    const error = refusalOf(of(tid), { tenantId });
    expect(error).toMatchObject({ code: "account_mismatch", detail: "tenant_mismatch", retryable: false });
    expect(error.message).toContain(tenantId);
    expect(error.message).not.toContain(tid);
  });
});

describe("T14: the granted scopes", () => {
  const granted = (scope: unknown, ...requestedScopes: string[]): CheckedTokenAnswer =>
    check({ scope }, { requestedScopes });

  it("are those of the answer, without OpenID Connect's own", () => {
    expect(granted("openid api://x/read  api://x/write offline_access", "api://x/read")).toMatchObject({
      grantedScopes: ["api://x/read", "api://x/write"],
      warnings: [],
    });
  });

  it.each([undefined, ""])("are the requested ones when the answer has %o", (scope) => {
    expect(granted(scope, "api://x/read")).toMatchObject({ grantedScopes: ["api://x/read"], warnings: [] });
  });

  it("may be fewer, which is told by the names that were asked", () => {
    const { grantedScopes, warnings } = granted("api://x/read", "api://x/read", "api://x/write");
    expect(grantedScopes).toEqual(["api://x/read"]);
    expect(warnings).toEqual([{ code: "scope_narrowed", message: expect.stringContaining("api://x/write") }]);
  });

  it.each([
    ["https://management.azure.com/user_impersonation", "https://management.azure.com/.default"],
    ["User.Read", "https://graph.microsoft.com/User.Read"],
    ["https://graph.microsoft.com/User.Read", "user.read"],
    ["profile", "openid"],
  ])("%s answers %s", (scope, requested) => {
    expect(granted(scope, requested).warnings).toEqual([]);
  });
});
