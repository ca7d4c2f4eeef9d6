import { expect, test } from "vitest";
import { newDataKey } from "../sealed/data-key.ts";
import { seal } from "../sealed/seal.ts";
import { openEntry, sealEntry } from "./index-entry.ts";
import { valueOf } from "./sealed-value.ts";

const KEY = newDataKey();
const NAME = "n".repeat(40);
const ENTRY = { key: "client|authority|person", label: "label" };

test.each([ENTRY, { key: "without a label" }])(
  "what the index says of a record is read as it was sealed",
  (entry) => {
    expect(openEntry(sealEntry(entry, NAME, KEY), NAME, KEY)).toEqual(entry);
  },
);

test.each([
  ["is of another record", sealEntry(ENTRY, "m".repeat(40), KEY)],
  ["is of another key", sealEntry(ENTRY, NAME, newDataKey())],
  ["is not encrypted", valueOf(seal(Buffer.from(`${NAME}{"key":"a"}`), undefined, 0n).sealed)],
  ["names no record", valueOf(seal(Buffer.from(`${NAME}{}`), KEY, 0n).sealed)],
  ["is cut short", sealEntry(ENTRY, NAME, KEY).slice(0, -8)],
  ["is none", "unknown"],
])("what %s says nothing", (_, sealed) => {
  expect(openEntry(sealed, NAME, KEY)).toBeUndefined();
});

test("a key that cannot be used is no damage, and is told", () => {
  const short = { ...KEY, bytes: KEY.bytes.subarray(1) };
  expect(() => openEntry(sealEntry(ENTRY, NAME, KEY), NAME, short)).toThrow(RangeError);
});
