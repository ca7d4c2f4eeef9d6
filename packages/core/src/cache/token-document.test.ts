import { describe, expect, test } from "vitest";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import { TokenCache } from "./token-cache.ts";
import {
  parseDocument,
  serializeDocument,
  withAccount,
  withoutAccount,
  type StoredAccount,
} from "./token-document.ts";

const RECORD = {
  authority: "a",
  homeAccountId: "h",
  clientId: "c",
  tenantId: "t",
  username: "ada@contoso.example",
};
const TOKEN = { token: "secret-marker", expiresOnTimestamp: 2e12, tenantId: "t", grantedScopes: ["s"] };
const ACCOUNT: StoredAccount = {
  record: RECORD,
  signedInAt: 1,
  refreshToken: "secret-marker",
  tokens: { "s|t|": TOKEN },
};
const FUZZED = 10_000;

describe("damaged documents", () => {
  const accounts = (account: unknown): object => ({ version: 1, accounts: { k: account } });
  test.each<[string, unknown]>([
    ["null", null],
    ["an array", []],
    ["a number", 42],
    ["a text", "text"],
    ["nothing in it", {}],
    ["no version", { accounts: {} }],
    ["a version that is a text", { version: "1", accounts: {} }],
    ["an older version than any", { version: 0, accounts: {} }],
    ["no accounts", { version: 1 }],
    ["accounts in an array", { version: 1, accounts: [ACCOUNT] }],
    ["an account that is null", accounts(null)],
    ["an account without a record", accounts({ ...ACCOUNT, record: undefined })],
    [
      "a record without an account id",
      accounts({ ...ACCOUNT, record: { ...RECORD, homeAccountId: undefined } }),
    ],
    ["a record with a number for a name", accounts({ ...ACCOUNT, record: { ...RECORD, username: 7 } })],
    ["a refresh token that is a number", accounts({ ...ACCOUNT, refreshToken: 1 })],
    ["tokens in an array", accounts({ ...ACCOUNT, tokens: [TOKEN] })],
    ["a token that is an object", accounts({ ...ACCOUNT, tokens: { k: { ...TOKEN, token: {} } } })],
    [
      "a token without an end",
      accounts({ ...ACCOUNT, tokens: { k: { ...TOKEN, expiresOnTimestamp: "1" } } }),
    ],
  ])("%s: the cache starts empty, and says so without a word of the content", async (_, content) => {
    const store = memoryTokenCache();
    await store.write(Buffer.from(JSON.stringify(content)));
    const warnings: Error[] = [];
    const cache = new TokenCache(store, (error) => warnings.push(error));
    expect((await cache.load()).accounts).toEqual({});
    expect(warnings).toMatchObject([{ code: "cache", detail: "cache_corrupt" }]);
    expect(warnings[0]!.message).not.toContain("secret-marker");
    await cache.change(async () => ({ result: 1, save: { key: "c|a|h", account: () => ACCOUNT } }));
    expect(Object.keys(parseDocument((await store.read())!).accounts)).toEqual(["c|a|h"]);
  });

  test("of a newer version: it is left alone", async () => {
    const store = memoryTokenCache();
    const newer = Buffer.from(JSON.stringify({ version: 2, people: [] }));
    await store.write(newer);
    const cache = new TokenCache(store, () => {});
    await expect(cache.load()).rejects.toMatchObject({ code: "cache", detail: "cache_version" });
    const change = cache.change(async () => ({ result: 1, save: { key: "c|a|h", account: () => ACCOUNT } }));
    await expect(change).rejects.toMatchObject({ detail: "cache_version" });
    expect(Buffer.from((await store.read())!).equals(newer)).toBe(true);
  });

  test(`${FUZZED} that have bytes changed are read, or refused in a typed way that quotes nothing`, () => {
    const whole = serializeDocument({
      version: 1,
      accounts: { "c|a|h": ACCOUNT },
      signedOut: { "c|a|x": 1 },
    });
    const random = randomFrom(20_260_718);
    let refused = 0;
    for (let n = 0; n < FUZZED; n++) {
      const bytes = Uint8Array.from(whole).subarray(0, n % 7 === 0 ? random(whole.length) : whole.length);
      for (let changes = random(3); changes >= 0; changes--) bytes[random(bytes.length)] = random(256);
      try {
        parseDocument(bytes);
      } catch (error) {
        refused++;
        if (!isAuthenticationError(error)) throw error;
        expect(error.detail).toMatch(/^cache_(corrupt|version)$/);
        expect(`${error.stack}${String(error.cause)}`).not.toContain("secret");
      }
    }
    expect(refused).toBeGreaterThan(FUZZED / 4);
  });
});

test.each(["__proto__", "constructor", "toString"])("an account under the name %s is an account", (name) => {
  const text = JSON.stringify({ version: 1, accounts: { NAME: ACCOUNT }, signedOut: { NAME: 5 } });
  const document = parseDocument(Buffer.from(text.replaceAll("NAME", name)));
  expect(Object.keys(document.accounts)).toEqual([name]);
  expect(document.accounts[name]).toEqual(ACCOUNT);
  const added = withAccount(document, ACCOUNT);
  const again = parseDocument(serializeDocument(added));
  expect(Object.keys(again.accounts)).toEqual([name, "c|a|h"]);
  expect(Object.keys(withoutAccount(again, name).accounts)).toEqual(["c|a|h"]);
  expect(withoutAccount(again, name).signedOut[name]).toBe(1);
  expect(({} as Record<string, unknown>)["record"]).toBeUndefined();
  expect(document.accounts["hasOwnProperty"]).toBeUndefined();
});

/** Numbers below a limit, the same from the same seed: Lehmer's generator. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => (state = (state * 48_271) % 2_147_483_647) % Math.max(limit, 1);
}
