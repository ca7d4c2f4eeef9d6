import { describe, expect, test } from "vitest";
import { scriptedRedis } from "../../test/support/scripted-redis.ts";
import { newDataKey } from "../sealed/data-key.ts";
import { seal } from "../sealed/seal.ts";
import { parseHeader } from "../sealed/sealed-format.ts";
import { cacheHead } from "./cache-head.ts";
import { RecordPlace } from "./record-place.ts";
import { LOAD_RECORD, PUT_RECORD_ASIDE, REMOVE_RECORD, REPLACE_RECORD } from "./record-scripts.ts";
import { redisNames } from "./redis-names.ts";
import { headOf, valueOf } from "./sealed-value.ts";

const KEY = newDataKey();
const NAMES = redisNames("test");
const HEAD = cacheHead(KEY);
const NAME = "n".repeat(40);
const SEALED = seal(Buffer.from("content"), KEY, 1n).sealed;
const HEADER = parseHeader(Buffer.concat(SEALED));

/** A record's place on a server that answers so, one after the other. */
function placeOver(...answers: readonly unknown[]) {
  const left = [...answers];
  const answer = (): unknown => left.shift();
  const { commands, asked } = scriptedRedis(
    [LOAD_RECORD, REPLACE_RECORD, PUT_RECORD_ASIDE, REMOVE_RECORD].map((script) => [script, answer]),
  );
  const parts = { commands, names: NAMES, name: NAME, head: HEAD, leaseInMs: 1000, lifetimeInMs: 2000 };
  return { place: new RecordPlace(parts), asked };
}

describe("what is there", () => {
  const keys = [NAMES.head, NAMES.record(NAME), NAMES.before.content];

  test("comes whole to who knows nothing of it", async () => {
    const { place, asked } = placeOver(["record", valueOf(SEALED)]);
    const { header, rest, identity } = (await place.load(undefined))!;
    expect(header).toEqual(HEADER);
    expect(rest).toEqual(Buffer.concat(SEALED).subarray(HEADER.bytes.length));
    expect(identity).toBe(headOf(HEADER));
    expect(asked).toEqual([[LOAD_RECORD, keys, [HEAD, ""]]]);
  });

  test("comes without its content to who has it", async () => {
    const { place, asked } = placeOver(["known"]);
    const known = await place.load(HEADER);
    expect(known).toEqual({ header: HEADER, rest: undefined, identity: headOf(HEADER) });
    expect(asked).toEqual([[LOAD_RECORD, keys, [HEAD, headOf(HEADER)]]]);
  });

  test("is looked for in the one value of an earlier version as long as that counts, and no longer", async () => {
    const { place } = placeOver(["before"], ["none"]);
    expect([await place.load(undefined), place.isBefore]).toEqual([undefined, true]);
    expect([await place.load(undefined), place.isBefore]).toEqual([undefined, false]);
  });

  test("is refused where it is another key's", async () => {
    const { place } = placeOver(["head", cacheHead(newDataKey())]);
    await expect(place.load(undefined)).rejects.toMatchObject({ detail: "cache_unreadable" });
  });
});

describe("a save", () => {
  const entries = (asked: ReturnType<typeof placeOver>["asked"]): readonly unknown[] =>
    asked.map(([, , values]) => values.at(-1));

  test("says to the index what it does not say yet, and names what it rests on", async () => {
    const { place, asked } = placeOver("done", "done");
    place.entry = () => "sealed entry";
    expect(await place.replace(SEALED, undefined, HEADER)).toBe(headOf(HEADER));
    await place.replace(SEALED, "another", HEADER);
    const keys = [NAMES.head, NAMES.record(NAME), NAMES.lease(NAME), NAMES.index, NAMES.before.content];
    const values = (replaced: string): readonly string[] => [
      HEAD,
      "",
      replaced,
      valueOf(SEALED),
      "2000",
      NAME,
      "sealed entry",
    ];
    expect(asked).toEqual([
      [REPLACE_RECORD, keys, values("")],
      [REPLACE_RECORD, keys, values("another")],
    ]);
  });

  test("says nothing to the index of what it says already, unless that was lost", async () => {
    const { place, asked } = placeOver("done", "done", "index", "done");
    place.entry = () => "sealed entry";
    const saved = await place.replace(SEALED, undefined, HEADER);
    await place.replace(SEALED, saved, HEADER);
    await place.replace(SEALED, saved, HEADER);
    expect(entries(asked)).toEqual(["sealed entry", "", "", "sealed entry"]);
  });

  test.each([
    ["lease lost", /lease ran out/],
    ["changed", /changed by another process/],
    ["before", /An earlier version of Entrada has saved/],
  ])("is refused, and can be tried again, where the server says %s", async (answer, why) => {
    const { place } = placeOver(answer);
    const refused = await place.replace(SEALED, undefined, HEADER).catch((error: unknown) => error);
    expect(refused).toMatchObject({ detail: "cache_locked", retryable: true });
    expect((refused as Error).message).toMatch(why);
    expect(place.indexedAt).toBeUndefined();
  });
});

test.each([
  ["what is damaged is put aside", PUT_RECORD_ASIDE, (place: RecordPlace) => place.putAside()],
  ["a record is removed", REMOVE_RECORD, (place: RecordPlace) => place.remove()],
])("%s by who has the lease alone", async (_, script, change) => {
  const { place, asked } = placeOver("done", "lease lost");
  await change(place);
  const keys = [NAMES.record(NAME), NAMES.lease(NAME), NAMES.index, NAMES.corrupt(NAME)];
  expect(asked).toEqual([[script, keys, ["", NAME, "2000"]]]);
  const refused = expect.objectContaining({
    detail: "cache_locked",
    message: expect.stringMatching(/lease ran out/),
  });
  await expect(change(place)).rejects.toEqual(refused);
});
