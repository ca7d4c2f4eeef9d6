import { describe, expect, test } from "vitest";
import { parseAccount, serializeAccount } from "./account-record.ts";
import { labelOf } from "./account-label.ts";
import {
  EMPTY_DOCUMENT,
  jsonOfRecord,
  parseDocument,
  recordOfJson,
  serializeDocument,
} from "./blob/blob-document.ts";
import { parseSignOuts, serializeSignOuts } from "./sign-out-record.ts";
import type { StoredAccount } from "./stored-account.ts";

// What another version, another program or a broken disk may have left in the place of what is ours.

const RECORD = { authority: "a", homeAccountId: "h", clientId: "c", tenantId: "t", username: "u" };
const ACCOUNT: StoredAccount = { record: RECORD, signedInAt: 1, tokens: {} };
const KEY = "c|a|h";
const text = (value: unknown): Buffer =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const detailOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { detail?: string }).detail;
  }
};

describe("a record", () => {
  test("of a sign-in without a refresh token is one, and need not say its version", () => {
    expect(parseAccount(serializeAccount(ACCOUNT))).toEqual(ACCOUNT);
    expect(parseAccount(text(ACCOUNT))).toEqual(ACCOUNT);
  });

  test.each([
    [{ version: 2, ...ACCOUNT }, "cache_version"],
    [{ version: 2 }, "cache_version"],
    [{ ...ACCOUNT, version: "2" }, "cache_corrupt"],
    [{ ...ACCOUNT, version: 0 }, "cache_corrupt"],
    ["null", "cache_corrupt"],
    ["[]", "cache_corrupt"],
    ["7", "cache_corrupt"],
    [{ ...ACCOUNT, record: { ...RECORD, authority: 7 } }, "cache_corrupt"],
    [{ ...ACCOUNT, record: { ...RECORD, clientId: undefined } }, "cache_corrupt"],
    [{ ...ACCOUNT, record: { ...RECORD, tenantId: null } }, "cache_corrupt"],
  ])("%j is %s", (value, detail) => {
    expect(detailOf(() => parseAccount(text(value)))).toBe(detail);
  });
});

describe("a list of sign-outs", () => {
  test("is read as it was written", () => {
    expect(parseSignOuts(serializeSignOuts({ k: 5 }))).toEqual({ k: 5 });
  });

  test.each([
    [{ version: 2, signedOut: {} }, "cache_version"],
    [{ version: "2", signedOut: {} }, "cache_corrupt"],
    [{ version: 0, signedOut: {} }, "cache_corrupt"],
    [{ signedOut: {} }, "cache_corrupt"],
    ["null", "cache_corrupt"],
  ])("%j is %s", (value, detail) => {
    expect(detailOf(() => parseSignOuts(text(value)))).toBe(detail);
  });
});

describe("a document in lines", () => {
  const records = new Map(
    ["one", "two"].map((key): [string, Uint8Array] => [key, serializeAccount(ACCOUNT)]),
  );
  const whole = Buffer.from(serializeDocument({ ...EMPTY_DOCUMENT, records })).toString();
  const keysOf = (changed: string): unknown =>
    detailOf(() => [...parseDocument(text(changed)).records.keys()]);

  test("is empty where there is no byte, and whole where it is ours", () => {
    expect(keysOf("")).toEqual([]);
    expect(keysOf(whole)).toEqual(["one", "two"]);
    expect(keysOf('{"version":1,"signedOut":{},"accounts":{\n}}')).toEqual([]);
  });

  test.each<[what: string, changed: string, detail: string]>([
    ["of a newer version", whole.replace('"version":1', '"version":2'), "cache_version"],
    ["of a version in words", whole.replace('"version":1', '"version":"2"'), "cache_corrupt"],
    ["with sign-outs in an array", whole.replace('"signedOut":{}', '"signedOut":[]'), "cache_corrupt"],
    ["that ends otherwise", whole.replace(/\}\}$/, "]]"), "cache_corrupt"],
    ["that was cut off", whole.slice(0, -10), "cache_corrupt"],
    ["of something else than accounts", whole.replace('"accounts"', '"others"'), "cache_corrupt"],
    ["whose lines no comma divides", whole.replace(",\n", ".\n"), "cache_corrupt"],
    ["with a key that does not begin", whole.replace('"two"', 'xtwo"'), "cache_corrupt"],
    ["with a number for an account", whole.replace(/"two":\{.*/, '"two":7'), "cache_corrupt"],
    [
      "with a label that is none",
      whole.replace(/"two":\{.*/, '"two":{"bytes":"AA","label":7}').replaceAll("\n", ""),
      "cache_corrupt",
    ],
  ])("%s is not read as ours", (_, changed, detail) => {
    expect(changed).not.toBe(whole);
    expect(keysOf(changed)).toBe(detail);
  });

  test.each([
    ["an object of nobody's", text("{}"), undefined],
    ["an account after a space", Buffer.from(` ${text(ACCOUNT).toString()}`), labelOf(KEY, ACCOUNT)],
    ["an account without its label", serializeAccount(ACCOUNT), undefined],
  ])("holds the bytes of %s, in whichever layout", (_, data, label) => {
    const json = jsonOfRecord(KEY, data, label);
    const lines = Buffer.from(serializeDocument({ ...EMPTY_DOCUMENT, records: new Map([[KEY, json]]) }));
    const otherwise = text(JSON.stringify(JSON.parse(lines.toString()), null, 2));
    for (const document of [lines, otherwise]) {
      const read = parseDocument(document).records.get(KEY)!;
      expect(Buffer.from(recordOfJson(read)).equals(data)).toBe(true);
    }
  });
});
