import { describe, expect, test } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { bearerParameter, claimsOfChallenge } from "./claims-challenge.ts";

const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
const encoded = Buffer.from(CLAIMS).toString("base64");
const challenge = (claims: string, more = ""): string =>
  `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims"${more}, claims="${claims}"`;

describe("claims are found", () => {
  test.each([
    ["in the form of Azure Resource Manager", challenge(encoded)],
    ["without padding", challenge(encoded.replace(/=+$/, ""))],
    ["in URL-safe base64", challenge(Buffer.from(CLAIMS).toString("base64url"))],
    ["unquoted", `Bearer error=insufficient_claims,claims=${encoded.replace(/=+$/, "")}`],
    ["with spaces around the sign", `Bearer error = "insufficient_claims" , claims = "${encoded}"`],
    ["whatever the case of names", `BEARER Error="insufficient_claims", CLAIMS="${encoded}"`],
    ["beside another scheme", `Basic realm="x", ${challenge(encoded)}`],
    ["before another scheme", `${challenge(encoded)}, PoP nonce="abc"`],
    ["after an escaped quote", challenge(encoded, ', error_description="say \\"please\\", claims=no"')],
  ])("%s", (_, header) => {
    expect(claimsOfChallenge(header)).toBe(CLAIMS);
  });
});

test("claims are found among several headers, as some clients give them", () => {
  expect(claimsOfChallenge(['Basic realm="x"', challenge(encoded), 'PoP nonce="abc"'])).toBe(CLAIMS);
  expect(claimsOfChallenge([])).toBeUndefined();
  for (const other of [5, {}, new Headers({ "www-authenticate": challenge(encoded) })])
    expect(claimsOfChallenge(other as never)).toBeUndefined();
});

describe("nothing is taken", () => {
  test.each([
    ["from no header", undefined],
    ["from an absent header", null],
    ["from an empty header", ""],
    ["from another error", `Bearer error="invalid_token", claims="${encoded}"`],
    ["from another scheme", `PoP error="insufficient_claims", claims="${encoded}"`],
    ["from a challenge without claims", 'Bearer error="insufficient_claims"'],
    ["from claims that are no base64", challenge("{not base64}")],
    ["from claims that are no JSON", challenge(Buffer.from("hello").toString("base64"))],
    ["from claims that are no object", challenge(Buffer.from("[1]").toString("base64"))],
    ["from claims that are no text", challenge(Buffer.from([0xff, 0xfe, 0x7b]).toString("base64"))],
    ["from claims that come twice", challenge(encoded, `, claims="${encoded}"`)],
    ["from claims with a sign before them", challenge(`{${encoded}`)],
    ["from claims with a sign after them", challenge(`${encoded}!`)],
    ["from claims with a sign inside", challenge(`${encoded.slice(0, 4)}!${encoded.slice(4)}`)],
    [
      "from claims that hold what is no text",
      challenge(Buffer.from('{"a":"\xff"}', "latin1").toString("base64")),
    ],
    ["from claims that are null", challenge(Buffer.from("null").toString("base64"))],
    ["from claims that are a number", challenge(Buffer.from("5").toString("base64"))],
    ["from claims that are a text", challenge(Buffer.from('"claims"').toString("base64"))],
    ["from behind a value without a name", challenge(encoded, ', ="x"')],
    ["from an open quote", `Bearer error="insufficient_claims", claims="${encoded}`],
    ["from 1 MB", challenge("A".repeat(1_000_000))],
  ])("%s", (_, header) => {
    expect(claimsOfChallenge(header)).toBeUndefined();
  });

  test("from the twenty-first challenge on", () => {
    const others = (count: number): string => 'Basic realm="x", '.repeat(count);
    expect(claimsOfChallenge(others(20) + challenge(encoded))).toBeUndefined();
    expect(claimsOfChallenge(others(19) + challenge(encoded))).toBe(CLAIMS);
    expect(bearerParameter(`${others(20)}Bearer scope=a`, "scope")).toBeUndefined();
    expect(bearerParameter(`${others(19)}Bearer scope=a`, "scope")).toBe("a");
  });

  test("from a header of more than 16 KiB", () => {
    const long = (length: number): string => challenge(encoded).padEnd(length, " ");
    expect(claimsOfChallenge(long(16_384))).toBe(CLAIMS);
    expect(claimsOfChallenge(long(16_385))).toBeUndefined();
    expect(bearerParameter(long(16_384), "error")).toBe("insufficient_claims");
    expect(bearerParameter(long(16_385), "error")).toBeUndefined();
  });
});

test.each([
  ["blanks", " "],
  ["commas", ","],
  ["open quotes", '"'],
  ["escapes", '\\"'],
  ["schemes", "Bearer "],
  ["parameters", "a=b, "],
  ["base64", "A"],
])("16 KiB of %s are read within 5 ms", async (_name, piece) => {
  const header = challenge(piece.repeat(16_000 / piece.length)).slice(0, 16_384);
  await expectWithin(5, () => timeOf(() => claimsOfChallenge(header)), 20);
});

test("only the claims of a challenge are taken: no scope, no tenant, no authority", () => {
  const wishes = [
    'scope="https://vault.azure.net/.default"',
    'resource="https://vault.azure.net"',
    'resource_id="https://vault.azure.net"',
    'tenant_id="attacker.example"',
    'authorization_uri="https://attacker.example/authorize"',
  ];
  const header = `Bearer error="insufficient_claims", ${wishes.join(", ")}, claims="${encoded}"`;
  expect(claimsOfChallenge(header)).toBe(CLAIMS);
});

test.each([
  ['Bearer resource_metadata="https://mcp.example/.well-known/x", scope="a b"', "a b"],
  ['Basic realm="Bearer scope=no", Bearer scope="a"', "a"],
  ["bearer scope=a", "a"],
  ['Bearer error="x"', undefined],
  ['Bearer scope="a", scope="b"', undefined],
  ['DPoP scope="a"', undefined],
  [`Bearer scope="${"a".repeat(20_000)}"`, undefined],
  [null, undefined],
])("the scope of %j is %j", (header, scope) => {
  expect(bearerParameter(header, "scope")).toBe(scope);
});
