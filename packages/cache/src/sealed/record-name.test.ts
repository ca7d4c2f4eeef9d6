import { expect, test } from "vitest";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { newDataKey } from "./data-key.ts";
import { isRecordName, recordName } from "./record-name.ts";

const KEY = "client|authority|person";

test.each([
  ["sealed", FIXED_KEY, "f44c4dd32208f2692be31d2a7b91db208fc536da"],
  ["not sealed", undefined, "8eb94e0de8ea117f5f3395970b0d1244b8d9fcbd"],
])("a record that is %s has the same name in all versions", (_, key, name) => {
  expect(recordName(key, KEY)).toBe(name);
  expect(isRecordName(name)).toBe(true);
});

test("another account or another key is another name", () => {
  const names = [FIXED_KEY, newDataKey(), undefined].flatMap((key) =>
    [KEY, `${KEY}2`].map((recordKey) => recordName(key, recordKey)),
  );
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ["", "nothing"],
  ["head", "the head"],
  ["a".repeat(39), "too short"],
  ["a".repeat(41), "too long"],
  ["A".repeat(40), "large letters"],
  [`${"a".repeat(39)}g`, "no hex at its end"],
  [`g${"a".repeat(39)}`, "no hex at its beginning"],
])("%j is no record's name: %s", (name) => {
  expect(isRecordName(name)).toBe(false);
});
