import { describe, expect, test } from "vitest";
import { CLIENT, ISSUER, NOW, TENANT, goodClaims, idToken } from "../../test/http/token-documents.ts";
import type { Json } from "../../test/http/token-documents.ts";
import { checkIdToken } from "./id-token.ts";
import type { TokenExpectations } from "./token-expectations.ts";

const EXPECTED: TokenExpectations = {
  clientId: CLIENT,
  tenantId: "organizations",
  issuer: ISSUER,
  nonce: "n-1",
  requestedScopes: [],
  now: NOW,
};

/** What is said of a token; `undefined` where it is right. */
function faultOf(value: unknown, expected: Partial<TokenExpectations> = {}): string | undefined {
  const refuse = (detail: string, what: string): never => {
    throw new Error(`${detail}: ${what}`);
  };
  try {
    checkIdToken(value, { ...EXPECTED, ...expected }, refuse);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const token = (changes: Json = {}): string => idToken(goodClaims(changes));

describe("the claim that is wrong is named", () => {
  test.each<[claim: string, changes: Json]>([
    ...[undefined, "other", [], ["other"], `${CLIENT}x`].map((aud): [string, Json] => ["aud", { aud }]),
    ...["", "a b", "b ", " b", "../x", "x/", 5, null, {}, "x".repeat(254)].map((tid): [string, Json] => [
      "tid",
      { tid },
    ]),
    ...[undefined, 5, "", {}].map((iss): [string, Json] => ["iss", { iss }]),
    ...[undefined, null, NOW / 1000 - 300, String(NOW)].map((exp): [string, Json] => ["exp", { exp }]),
    ...[undefined, "", "n-2", ["n-1"]].map((nonce): [string, Json] => ["nonce", { nonce }]),
    ...["oid", "sub", "preferred_username", "upn", "email", "name"].map((name): [string, Json] => [
      name,
      { [name]: 5 },
    ]),
  ])("%s: %o", (claim, changes) => {
    expect(faultOf(token(changes))).toBe(`id_token_invalid: the ${claim} of id_token is not right`);
  });
});

test.each([
  ["nothing", undefined],
  ["no text", 5],
  ["one part", "e30"],
  ["two parts", token().split(".").slice(0, 2).join(".")],
  ["four parts", `${token()}.c2ln`],
  ["no header", token().replace(/^[^.]+/u, "")],
  ["no claims", "e30..c2ln"],
  ["a sign before it", `!${token()}`],
  ["a space before it", ` ${token()}`],
  ["a line break after it", `${token()}\n`],
  ["a sign after it", `${token()}=`],
  ["a sign inside", token().replace(".", ".!")],
])("what has not the form of an ID token is not decoded: %s", (_, value) => {
  expect(faultOf(value)).toBe("id_token_invalid: id_token is missing or has not three parts");
});

test("a nonce that nobody asked for is nothing to us: that of the sign-in comes again in a renewal", () => {
  expect(faultOf(token({ nonce: "of-the-sign-in" }), { nonce: undefined })).toBeUndefined();
  expect(faultOf(token({ nonce: undefined }), { nonce: undefined })).toBeUndefined();
});

describe("the issuer", () => {
  const wrong = "id_token_invalid: the iss of id_token is not right";

  test("has a tenant only where the token names it", () => {
    for (const tenant of ["undefined", "", "{tenantid}", TENANT]) {
      const iss = ISSUER.replace("{tenantid}", tenant);
      expect([tenant, faultOf(token({ iss, tid: undefined }))]).toEqual([tenant, wrong]);
    }
  });

  test("has its tenant in the path alone: a tenant's name never takes the place of a part of the host", () => {
    const expected = { issuer: "https://contoso.login.test/v2.0", tenantId: "contoso" };
    expect(faultOf(token({ iss: "https://evil.login.test/v2.0", tid: "evil" }), expected)).toBe(wrong);
    expect(faultOf(token({ iss: expected.issuer, tid: "evil" }), expected)).toBeUndefined();
  });
});
