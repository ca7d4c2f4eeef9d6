import { describe, expect, test } from "vitest";
import { blobInMemory } from "../../testing/blob-in-memory.ts";
import { labelOf } from "../account-label.ts";
import { parseAccount, serializeAccount } from "../account-record.ts";
import {
  EMPTY_DOCUMENT,
  jsonOfRecord,
  labelOfJson,
  parseDocument,
  recordOfJson,
  serializeDocument,
  type BlobDocument,
} from "./blob-document.ts";
import { blobTokenCache } from "./blob-token-cache.ts";
import { accountKey, type StoredAccount } from "../stored-account.ts";
import { TokenCache } from "../token-cache.ts";

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
    ["sign-outs in an array", { version: 1, accounts: {}, signedOut: [] }],
    ["a sign-out without a time", { version: 1, accounts: {}, signedOut: { a: "x" } }],
    ["sign-outs that are a number", { version: 1, accounts: {}, signedOut: 1 }],
    ...DAMAGED_ACCOUNTS.map(([name, k]) => [name, { version: 1, accounts: { k } }] as const),
  ])("%s: the cache starts empty, and says so without a word of the content", async (_, content) => {
    const { blob, cache, warnings } = cacheOver(Buffer.from(JSON.stringify(content)));
    expect(await cache.list("")).toEqual([]);
    expect(warnings).toMatchObject([{ code: "cache", detail: "cache_corrupt" }]);
    expect(warnings[0]!.message).not.toContain("secret-marker");
    await signIn(cache, ACCOUNT);
    expect(keysIn(parseDocument(await blob.read()))).toEqual([KEY]);
  });

  test.each<readonly [string, unknown]>([
    ["string", "the content as secret-marker"],
    ["ArrayBuffer", new Uint8Array([123, 125]).buffer],
    ["Array", [123, 125]],
    ["number", 42],
    ["Object", { data: "secret-marker" }],
  ])(
    "what a place gives as a %s is no damage: it is told what to give, and nothing is saved over it",
    async (type, given) => {
      let saved = 0;
      const place = { ...blobInMemory()(), read: async () => given, write: async () => void (saved += 1) };
      const warnings: Error[] = [];
      const cache = new TokenCache(blobTokenCache(place as never), (warning) => warnings.push(warning));
      expect(await cache.list("")).toEqual([]);
      await signIn(cache, ACCOUNT);
      expect(saved).toBe(0);
      expect(await cache.account(KEY)).toEqual(ACCOUNT);
      expect(warnings[0]).toMatchObject({ code: "cache", detail: "cache_unreadable" });
      expect(warnings[0]!.message).toMatch(new RegExp(`\`read\`.* gave ${type}\\..*Uint8Array`));
      expect(warnings[0]!.message).not.toContain("secret-marker");
    },
  );

  test.each(DAMAGED_ACCOUNTS)(
    "%s, in a document of ours: the others stay, and a warning says so without a word of the content",
    async (_, damaged) => {
      const whole = Buffer.from(serializeDocument(withAccount(EMPTY_DOCUMENT, ACCOUNT))).toString();
      // Nothing but an object stands in a line of its own: what else there may be is read with the whole.
      const line = JSON.stringify({ "c|a|x": damaged ?? { no: "account" } }).slice(1, -1);
      const { cache, warnings } = cacheOver(Buffer.from(whole.replace("{\n", `{\n${line},\n`)));
      expect(await cache.account(KEY)).toEqual(ACCOUNT);
      expect(warnings).toEqual([]);
      expect(await cache.list("c|a|")).toEqual([{ record: RECORD, signedInAt: 1 }]);
      expect(await cache.account("c|a|x")).toBeUndefined();
      expect(warnings[0]).toMatchObject({ code: "cache", detail: "cache_corrupt" });
      expect(warnings[0]!.message).not.toContain("secret-marker");
      await signIn(cache, accountOf("x"));
      expect(await cache.account("c|a|x")).toEqual(accountOf("x"));
      expect(await cache.account(KEY)).toEqual(ACCOUNT);
    },
  );

  test("of a newer version: it is left alone", async () => {
    for (const layout of [0, 1]) {
      const newer = Buffer.from(JSON.stringify({ version: 2, signedOut: {}, accounts: {} }, null, layout));
      const { blob, cache } = cacheOver(newer);
      await expect(cache.account(KEY)).rejects.toMatchObject({ code: "cache", detail: "cache_version" });
      await expect(signIn(cache, ACCOUNT)).rejects.toMatchObject({ detail: "cache_version" });
      expect(Buffer.from((await blob.read())!).equals(newer)).toBe(true);
    }
  });
});

describe("the lines of a document", () => {
  const people = ["h1", "h2", "h3"].map(accountOf);
  const document = people.reduce(withAccount, EMPTY_DOCUMENT);
  const lines = (each: BlobDocument): readonly string[] =>
    Buffer.from(serializeDocument(each)).toString().split("\n");

  test("are JSON together, and one for each account", () => {
    const signedOut = { "c|a|x": 5 };
    const text = lines({ ...document, signedOut });
    expect(text).toHaveLength(people.length + 2);
    expect(JSON.parse(text.join("\n"))).toEqual({
      version: 1,
      signedOut,
      accounts: Object.fromEntries(
        people.map((each) => [`c|a|${each.record.homeAccountId}`, { version: 1, ...each }]),
      ),
    });
    expect(JSON.parse(lines(EMPTY_DOCUMENT).join(""))).toEqual({ version: 1, signedOut: {}, accounts: {} });
    expect(parseDocument(serializeDocument(EMPTY_DOCUMENT)).records.size).toBe(0);
  });

  test("stand in memory of their own, which a store may do with as it likes", () => {
    const bytes = serializeDocument(document);
    expect(bytes.constructor).toBe(Uint8Array);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });

  test("of the others stay what they are, byte for byte, when one account changes or goes", async () => {
    const odd = Buffer.from(lines(document).join("\n").replace('"h3"', '"h3","added":"by a later version"'));
    const { blob, store } = cacheOver(odd);
    const newer = { ...people[0]!, refreshToken: "newer" };
    await store.write("c|a|h1", serializeAccount(newer), labelOf("c|a|h1", newer));
    await store.remove("c|a|h2");
    const text = Buffer.from((await blob.read())!)
      .toString()
      .split("\n");
    expect(text).toHaveLength(people.length + 1);
    expect(text[1]).toContain("newer");
    expect(text[2]).toBe(odd.toString().split("\n")[3]);
  });

  test("of an account that was signed out are in no text that stays in memory", async () => {
    const { store } = cacheOver(serializeDocument(document));
    await store.remove("c|a|h2");
    const kept = (await store.read("c|a|h1"))!;
    expect(Buffer.from(kept.buffer).includes('"h2"')).toBe(false);
  });

  test.each(["a\nb", 'a"b', "a\\b", "\u00fc", "\u2028", "a,\n}}", '":{'])(
    "hold a name like %j, as a key and in an account",
    (name) => {
      const account = { ...ACCOUNT, record: { ...RECORD, homeAccountId: name, username: name } };
      const read = parseDocument(serializeDocument(withAccount(document, account)));
      expect(accountsIn(read)).toEqual([...people, account]);
      expect(keysIn(read).at(-1)).toBe(`c|a|${name}`);
    },
  );

  test("laid out in any other way are read as a whole", () => {
    const value: unknown = JSON.parse(lines(document).join("\n"));
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2), lines(document).join(" ")]) {
      expect(accountsIn(parseDocument(Buffer.from(text)))).toEqual(people);
    }
  });

  test("hold any bytes and any label, and those of an account as they are", () => {
    const bytes = serializeAccount(ACCOUNT);
    const key = accountKey(ACCOUNT.record);
    expect(jsonOfRecord(key, bytes, labelOf(key, ACCOUNT))).toEqual(bytes);
    for (const [data, label] of [
      [bytes, "another label"],
      [bytes, undefined],
      [Buffer.from("{}"), "x"],
      [Buffer.from('{"bytes":"AAAA"}'), "x"],
      [Buffer.of(0, 255, 10), undefined],
      [Buffer.from(`${Buffer.from(bytes).toString()}\n`), labelOf(key, ACCOUNT)],
    ] as const) {
      const json = jsonOfRecord(key, data, label);
      expect(json.includes(10)).toBe(false);
      expect(Buffer.from(recordOfJson(json)).equals(data)).toBe(true);
      expect(labelOfJson(key, json)).toBe(label);
    }
  });
});

test.each(["__proto__", "constructor", "toString"])(
  "an account under the name %s is an account",
  async (name) => {
    const text = JSON.stringify({ version: 1, accounts: { NAME: ACCOUNT }, signedOut: { NAME: 5 } });
    const { store, cache } = cacheOver(Buffer.from(text.replaceAll("NAME", name)));
    expect((await store.list()).map(({ key }) => key)).toEqual([name, "signed-out"]);
    expect(await cache.account(name)).toEqual(ACCOUNT);
    await signIn(cache, ACCOUNT);
    expect((await store.list()).map(({ key }) => key)).toEqual([name, KEY, "signed-out"]);
    await cache.remove(name);
    expect((await store.list()).map(({ key }) => key)).toEqual([KEY, "signed-out"]);
    expect(({} as Record<string, unknown>)["record"]).toBeUndefined();
    expect(await cache.account("hasOwnProperty")).toBeUndefined();
  },
);

function cacheOver(content: Uint8Array) {
  const blob = { ...blobInMemory()() };
  const { read } = blob;
  let given: Uint8Array | undefined = content;
  blob.read = async () => given ?? read();
  const { write } = blob;
  blob.write = async (data) => {
    given = undefined;
    await write(data);
  };
  const store = blobTokenCache(blob);
  const warnings: Error[] = [];
  return { blob, store, cache: new TokenCache(store, (error) => warnings.push(error)), warnings };
}

function signIn(cache: TokenCache, account: StoredAccount): Promise<number> {
  const { clientId, authority, homeAccountId } = account.record;
  return cache.change(`${clientId}|${authority}|${homeAccountId}`, async () => ({
    result: 1,
    save: () => account,
  }));
}

function accountOf(homeAccountId: string): StoredAccount {
  return { ...ACCOUNT, record: { ...RECORD, homeAccountId } };
}

function withAccount(document: BlobDocument, account: StoredAccount): BlobDocument {
  const key = `c|a|${account.record.homeAccountId}`;
  return { ...document, records: new Map(document.records).set(key, serializeAccount(account)) };
}

function accountsIn(
  document: BlobDocument,
  onDamaged: (error: unknown) => void = (error) => {
    throw error;
  },
): readonly StoredAccount[] {
  return [...document.records.values()].flatMap((json) => {
    try {
      return [parseAccount(recordOfJson(json))];
    } catch (error) {
      onDamaged(error);
      return [];
    }
  });
}

function keysIn(document: BlobDocument): readonly string[] {
  return [...document.records.keys()];
}
