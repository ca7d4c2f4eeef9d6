import { describe, expect, test } from "vitest";
import { scriptedRedis } from "../../test/support/scripted-redis.ts";
import { newDataKey, type DataKey } from "../sealed/data-key.ts";
import { packRecord } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { seal } from "../sealed/seal.ts";
import { cacheHead } from "./cache-head.ts";
import { openEntry, sealEntry } from "./index-entry.ts";
import { COMPLETE_INDEX, READ_INDEX, READ_RECORDS, SCAN_KEYS } from "./index-scripts.ts";
import { RecordIndex } from "./record-index.ts";
import { INDEX_RECORDS } from "./record-scripts.ts";
import { redisNames } from "./redis-names.ts";
import { valueOf } from "./sealed-value.ts";

const KEY = newDataKey();
const NAMES = redisNames("test");
const HEAD = cacheHead(KEY);

const nameOf = (key: string): string => recordName(KEY, key);
const entryOf = (key: string) => ({ key, label: `label of ${key}` });
/** What the index says of a record. */
const indexed = (key: string): readonly string[] => [nameOf(key), sealEntry(entryOf(key), nameOf(key), KEY)];
/** A record as it stands on the server. */
const record = (key: string, sealedWith: DataKey | undefined = KEY): string =>
  valueOf(seal(packRecord({ entry: entryOf(key), data: Buffer.from("data") }), sealedWith, 1n).sealed);

/** An index over a server that says this of it, one answer after the other, and has these records. */
function indexOver(
  answers: readonly (readonly string[])[],
  records: Readonly<Record<string, string>> = {},
  key = KEY,
) {
  const left = [...answers];
  const { commands, asked } = scriptedRedis([
    [READ_INDEX, () => left.shift()],
    [SCAN_KEYS, () => ["0", ...Object.keys(records)]],
    [READ_RECORDS, (keys) => keys.map((each) => records[each] ?? "")],
    [INDEX_RECORDS, () => "done"],
    [COMPLETE_INDEX, () => "done"],
  ]);
  const index = new RecordIndex({ commands, names: NAMES, head: HEAD, key, lifetimeInMs: 1000 });
  return { index, asked, scripts: () => asked.map(([script]) => script) };
}

/** All that the index has, which is complete. */
const all = (number: string, ...changes: readonly string[]): readonly string[] => [
  "all",
  "edition",
  number,
  "1",
  ...changes,
];
const changed = (number: string, ...changes: readonly string[]): readonly string[] => [
  "changes",
  ...all(number, ...changes).slice(1),
];

describe("a list", () => {
  test("asks for what is newer than what it knows, and for nothing else", async () => {
    const { index, asked } = indexOver([
      all("3", ...indexed("a"), ...indexed("b")),
      changed("5", ...indexed("c"), nameOf("a"), ""),
    ]);
    expect(await index.list()).toEqual([entryOf("a"), entryOf("b")]);
    expect(await index.list()).toEqual([entryOf("b"), entryOf("c")]);
    const edition: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
    const keys = [NAMES.head, NAMES.index, NAMES.before.content];
    expect(asked).toEqual([
      [READ_INDEX, keys, [HEAD, NAMES.records, "", "0", edition]],
      [READ_INDEX, keys, [HEAD, NAMES.records, "edition", "3", edition]],
    ]);
  });

  test("begins anew where the index has, and keeps nothing of the former", async () => {
    const { index } = indexOver([all("3", ...indexed("a")), all("1", ...indexed("b"))]);
    await index.list();
    expect(await index.list()).toEqual([entryOf("b")]);
  });

  test("rests on what the one before it has read, though both are asked for at once", async () => {
    const { index, asked } = indexOver([all("3", ...indexed("a")), changed("3")]);
    const [one, two] = await Promise.all([index.list(), index.list()]);
    expect(two).toEqual(one);
    expect(asked.map(([, , values]) => values.slice(2, 4))).toEqual([
      ["", "0"],
      ["edition", "3"],
    ]);
  });

  test("is none while all is in the one value of an earlier version", async () => {
    expect(await indexOver([["before"]]).index.list()).toBeUndefined();
  });

  test("of another key's cache is refused, and the next one is asked for all the same", async () => {
    const { index } = indexOver([["head", cacheHead(newDataKey())], all("1")]);
    await expect(index.list()).rejects.toMatchObject({ detail: "cache_unreadable" });
    expect(await index.list()).toEqual([]);
  });
});

describe("what the index cannot be believed in", () => {
  test("is learned from the records, and put down for all others", async () => {
    const { index, asked } = indexOver([all("3", ...indexed("a"), nameOf("b"), "unknown")], {
      [NAMES.record(nameOf("b"))]: record("b"),
    });
    expect(await index.list()).toEqual([entryOf("a"), entryOf("b")]);
    const [, learned, put] = asked;
    expect(learned).toEqual([READ_RECORDS, [NAMES.record(nameOf("b"))], []]);
    const [script, keys, [lifetime, name, sealed = ""]] = put!;
    expect([script, keys, lifetime, name]).toEqual([
      INDEX_RECORDS,
      [NAMES.index, NAMES.record(nameOf("b"))],
      "1000",
      nameOf("b"),
    ]);
    expect(openEntry(sealed, nameOf("b"), KEY)).toEqual(entryOf("b"));
  });

  test.each<[string, string]>([
    ["is gone meanwhile", ""],
    ["is damaged", "junk"],
    ["is another's in its place", record("a")],
    ["is another key's", record("b", newDataKey())],
    ["is not encrypted, and anybody's", valueOf(sealedByNobody("b"))],
  ])("is not believed of a record that %s", async (_, value) => {
    const { index, asked } = indexOver([all("3", nameOf("b"), "unknown")], {
      [NAMES.record(nameOf("b"))]: value,
    });
    expect(await index.list()).toEqual([]);
    expect(asked.at(-1)).toEqual([INDEX_RECORDS, [NAMES.index], ["1000"]]);
  });

  test("is not learned with a key that cannot be used, and that is told", async () => {
    const short = { ...KEY, bytes: KEY.bytes.subarray(1) };
    const records = { [NAMES.record(nameOf("b"))]: record("b") };
    const { index } = indexOver([["all", "edition", "3", "1", nameOf("b"), "unknown"]], records, short);
    await expect(index.list()).rejects.toThrow(RangeError);
  });

  test("is learned by 200 records at once", async () => {
    const keys = Array.from({ length: 201 }, (_, at) => `key ${at}`);
    const records = Object.fromEntries(keys.map((key) => [NAMES.record(nameOf(key)), record(key)]));
    const unknown = keys.flatMap((key) => [nameOf(key), "unknown"]);
    const { index, asked } = indexOver([all("201", ...unknown)], records);
    expect(await index.list()).toEqual(keys.map(entryOf));
    const read = asked.filter(([script]) => script === READ_RECORDS).map(([, { length }]) => length);
    expect(read).toEqual([200, 1]);
  });

  test("is looked for all over the server where it is not complete, of which only the unknown is learned", async () => {
    const names = ["a", "b"].map((key) => NAMES.record(nameOf(key)));
    const records = { [names[0]!]: record("a"), [names[1]!]: record("b"), [NAMES.record("short")]: "x" };
    const { index, asked } = indexOver([["all", "edition", "1", "0", ...indexed("a")]], records);
    expect(await index.list()).toEqual([entryOf("a"), entryOf("b")]);
    expect(asked.slice(1).map(([script, keys]) => [script, keys])).toEqual([
      [SCAN_KEYS, [NAMES.head]],
      [READ_RECORDS, [names[1]]],
      [INDEX_RECORDS, [NAMES.index, names[1]]],
      [COMPLETE_INDEX, [NAMES.index, NAMES.head]],
    ]);
  });
});

function sealedByNobody(key: string): readonly Uint8Array[] {
  return seal(packRecord({ entry: entryOf(key), data: Buffer.from("data") }), undefined, 1n).sealed;
}
