import { expect, test } from "vitest";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { newDataKey, parseDataKey, serializeDataKey } from "./data-key.ts";

const KEPT = "entrada:1:ASNFZ4mrze8BI0VniavN7wcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";

test("a new key is 32 bytes of chance, with an id of 16", () => {
  const [one, other] = [newDataKey(), newDataKey()];
  expect(one.bytes).toHaveLength(32);
  expect(one.id).toMatch(/^[0-9a-f]{32}$/);
  expect(one.bytes).not.toEqual(other.bytes);
  expect(one.id).not.toBe(other.id);
});

test("a key is kept as all versions keep it, and read back", () => {
  expect(serializeDataKey(FIXED_KEY)).toBe(KEPT);
  expect(parseDataKey(KEPT)).toStrictEqual(FIXED_KEY);
});

test.each([
  ["", "nothing"],
  ["entrada:1:", "no bytes"],
  [KEPT.slice(0, -4), "too short"],
  [`${KEPT}AAAA`, "too long"],
  [KEPT.replace(":1:", ":2:"), "of a later version"],
  [KEPT.slice(10), "without the words before it"],
  [` ${KEPT}`, "with something before it"],
])("%j is no data key: %s", (text) => {
  expect(parseDataKey(text)).toBeUndefined();
});
