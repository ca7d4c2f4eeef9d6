import { describe, expect, test } from "vitest";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import { parseDocument, serializeDocument } from "./document-format.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import type { StoredAccount } from "./stored-account.ts";
import { TokenCache } from "./token-cache.ts";
import {
  accountIn,
  accountsIn,
  EMPTY_DOCUMENT,
  withAccount,
  withoutAccount,
  type TokenDocument,
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
const KEY = "c|a|h";
const FUZZED = 10_000;

const DAMAGED_ACCOUNTS: readonly (readonly [string, unknown])[] = [
  ["an account that is null", null],
  ["an account without a record", { ...ACCOUNT, record: undefined }],
  ["a record without an account id", { ...ACCOUNT, record: { ...RECORD, homeAccountId: undefined } }],
  ["a record with a number for a name", { ...ACCOUNT, record: { ...RECORD, username: 7 } }],
  ["a refresh token that is a number", { ...ACCOUNT, refreshToken: 1 }],
  ["tokens in an array", { ...ACCOUNT, tokens: [TOKEN] }],
  ["a token that is an object", { ...ACCOUNT, tokens: { k: { ...TOKEN, token: {} } } }],
  ["a token without an end", { ...ACCOUNT, tokens: { k: { ...TOKEN, expiresOnTimestamp: "1" } } }],
];

describe("damaged documents", () => {
  test.each<readonly [string, unknown]>([
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
    ...DAMAGED_ACCOUNTS.map(([name, k]) => [name, { version: 1, accounts: { k } }] as const),
  ])("%s: the cache starts empty, and says so without a word of the content", async (_, content) => {
    const store = memoryTokenCache();
    await store.write(Buffer.from(JSON.stringify(content)));
    const warnings: Error[] = [];
    const cache = new TokenCache(store, (error) => warnings.push(error));
    expect((await cache.load()).accounts.size).toBe(0);
    expect(warnings).toMatchObject([{ code: "cache", detail: "cache_corrupt" }]);
    expect(warnings[0]!.message).not.toContain("secret-marker");
    await cache.change(async () => ({ result: 1, save: { key: KEY, account: () => ACCOUNT } }));
    expect(keysIn(parse((await store.read())!))).toEqual([KEY]);
  });

  test.each(DAMAGED_ACCOUNTS)(
    "%s, in a document of ours: the others stay, and a warning says so without a word of the content",
    async (_, damaged) => {
      const store = memoryTokenCache();
      const whole = Buffer.from(serializeDocument(withAccount(EMPTY_DOCUMENT, ACCOUNT))).toString();
      // Nothing but an object stands in a line of its own: what else there may be is read with the whole.
      const line = JSON.stringify({ "c|a|x": damaged ?? { no: "account" } }).slice(1, -1);
      await store.write(Buffer.from(whole.replace("{\n", `{\n${line},\n`)));
      const warnings: Error[] = [];
      const cache = new TokenCache(store, (error) => warnings.push(error));
      const document = await cache.load();
      expect(accountIn(document, KEY)).toEqual(ACCOUNT);
      expect(warnings).toEqual([]);
      expect(accountsIn(document)).toEqual([ACCOUNT]);
      expect(accountIn(document, "c|a|x")).toBeUndefined();
      expect(warnings).toMatchObject([{ code: "cache", detail: "cache_corrupt" }]);
      expect(warnings[0]!.message).not.toContain("secret-marker");
      await cache.change(async () => ({ result: 1, save: { key: KEY, account: () => ACCOUNT } }));
      expect(keysIn(parse((await store.read())!))).toEqual([KEY]);
    },
  );

  test.each([
    ["a text", "{}"],
    ["an array", [123, 125]],
    ["an object", {}],
    ["a number", 7],
  ])("%s in place of bytes is damaged, too", async (_, given) => {
    const warnings: Error[] = [];
    const store = { ...memoryTokenCache(), read: async () => given as never };
    const cache = new TokenCache(store, (error) => warnings.push(error));
    expect((await cache.load()).accounts.size).toBe(0);
    expect(warnings).toMatchObject([{ code: "cache", detail: "cache_corrupt" }]);
  });

  test("of a newer version: it is left alone", async () => {
    for (const layout of [0, 1]) {
      const store = memoryTokenCache();
      const newer = Buffer.from(JSON.stringify({ version: 2, signedOut: {}, accounts: {} }, null, layout));
      await store.write(newer);
      const cache = new TokenCache(store, () => {});
      await expect(cache.load()).rejects.toMatchObject({ code: "cache", detail: "cache_version" });
      const change = cache.change(async () => ({ result: 1, save: { key: KEY, account: () => ACCOUNT } }));
      await expect(change).rejects.toMatchObject({ detail: "cache_version" });
      expect(Buffer.from((await store.read())!).equals(newer)).toBe(true);
    }
  });

  test(`${FUZZED} that have bytes changed are read, or refused in a typed way that quotes nothing`, () => {
    const added = withAccount(withAccount(EMPTY_DOCUMENT, ACCOUNT), accountOf("h2"));
    const whole = serializeDocument({ ...added, signedOut: { "c|a|x": 1 } });
    const random = randomFrom(20_260_718);
    let refused = 0;
    const refuse = (error: unknown): void => {
      refused++;
      if (!isAuthenticationError(error)) throw error;
      expect(error.detail).toMatch(/^cache_(corrupt|version)$/);
      expect(`${error.stack}${String(error.cause)}`).not.toContain("secret");
    };
    for (let n = 0; n < FUZZED; n++) {
      const bytes = Uint8Array.from(whole).subarray(0, n % 7 === 0 ? random(whole.length) : whole.length);
      for (let changes = random(3); changes >= 0; changes--) bytes[random(bytes.length)] = random(256);
      try {
        const document = parseDocument(bytes, refuse);
        for (const { record, tokens } of accountsIn(document)) {
          expect([typeof record.homeAccountId, typeof tokens]).toEqual(["string", "object"]);
        }
        // What was left out is not kept either.
        const again = parseDocument(serializeDocument(document), refuse);
        expect(accountsIn(again)).toEqual(accountsIn(document));
      } catch (error) {
        refuse(error);
      }
    }
    expect(refused).toBeGreaterThan(FUZZED / 4);
  });
});

describe("the lines of a document", () => {
  const people = ["h1", "h2", "h3"].map(accountOf);
  const document = people.reduce(withAccount, EMPTY_DOCUMENT);
  const lines = (each: TokenDocument): readonly string[] =>
    Buffer.from(serializeDocument(each)).toString().split("\n");

  test("are JSON together, and one for each account", () => {
    const signedOut = { "c|a|x": 5 };
    const text = lines({ ...document, signedOut });
    expect(text).toHaveLength(people.length + 2);
    expect(JSON.parse(text.join("\n"))).toEqual({
      version: 1,
      signedOut,
      accounts: Object.fromEntries(people.map((each) => [`c|a|${each.record.homeAccountId}`, each])),
    });
    expect(JSON.parse(lines(EMPTY_DOCUMENT).join(""))).toEqual({ version: 1, signedOut: {}, accounts: {} });
    expect(parse(serializeDocument(EMPTY_DOCUMENT)).accounts.size).toBe(0);
  });

  test("stand in memory of their own, which a store may do with as it likes", () => {
    const bytes = serializeDocument(document);
    expect(bytes.constructor).toBe(Uint8Array);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });

  test("of the others stay what they are, byte for byte, when one account changes", () => {
    const odd = Buffer.from(lines(document).join("\n").replace('"h3"', '"h3","added":"by a later version"'));
    const renewed = withAccount(parse(odd), { ...people[0]!, refreshToken: "newer" });
    const text = lines(withoutAccount(renewed, "c|a|h2"));
    expect(text).toHaveLength(people.length + 1);
    expect(text[1]).toContain("newer");
    expect(text[2]).toBe(odd.toString().split("\n")[3]);
  });

  test.each(["a\nb", 'a"b', "a\\b", "ü", "\u2028", "a,\n}}", '":{'])(
    "hold a name like %j, as a key and in an account",
    (name) => {
      const account = { ...ACCOUNT, record: { ...RECORD, homeAccountId: name, username: name } };
      const read = parse(serializeDocument(withAccount(document, account)));
      expect(accountsIn(read)).toEqual([...people, account]);
      expect(accountIn(read, `c|a|${name}`)).toEqual(account);
    },
  );

  test("laid out in any other way are read as a whole", () => {
    const value: unknown = JSON.parse(lines(document).join("\n"));
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2), lines(document).join(" ")]) {
      expect(accountsIn(parse(Buffer.from(text)))).toEqual(people);
    }
  });
});

test.each(["__proto__", "constructor", "toString"])("an account under the name %s is an account", (name) => {
  const text = JSON.stringify({ version: 1, accounts: { NAME: ACCOUNT }, signedOut: { NAME: 5 } });
  const document = parse(Buffer.from(text.replaceAll("NAME", name)));
  expect(keysIn(document)).toEqual([name]);
  expect(accountIn(document, name)).toEqual(ACCOUNT);
  const added = withAccount(document, ACCOUNT);
  const again = parse(serializeDocument(added));
  expect(keysIn(again)).toEqual([name, KEY]);
  expect(accountIn(again, name)).toEqual(ACCOUNT);
  expect(keysIn(withoutAccount(again, name))).toEqual([KEY]);
  expect(withoutAccount(again, name).signedOut[name]).toBe(1);
  expect(({} as Record<string, unknown>)["record"]).toBeUndefined();
  expect(accountIn(document, "hasOwnProperty")).toBeUndefined();
});

function accountOf(homeAccountId: string): StoredAccount {
  return { ...ACCOUNT, record: { ...RECORD, homeAccountId } };
}

function parse(bytes: Uint8Array): TokenDocument {
  return parseDocument(bytes, (error) => {
    throw error;
  });
}

function keysIn(document: TokenDocument): readonly string[] {
  return [...document.accounts.keys()];
}

/** Numbers below a limit, the same from the same seed: Lehmer's generator. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => (state = (state * 48_271) % 2_147_483_647) % Math.max(limit, 1);
}
