import { expect, test } from "vitest";
import { newDataKey } from "../sealed/data-key.ts";
import { cacheHead, checkHead } from "./cache-head.ts";

const KEY = newDataKey();
const HEAD = cacheHead(KEY);

test("a head names its format and its key", () => {
  expect(HEAD).toBe(`1 ${KEY.id}`);
  expect(() => checkHead(HEAD, HEAD)).not.toThrow();
});

test.each([
  ["a newer format, of the same key", `2 ${KEY.id}`, "cache_version"],
  ["a much newer one", `10 ${KEY.id}`, "cache_version"],
  ["another key", cacheHead(newDataKey()), "cache_unreadable"],
  ["no version", "", "cache_unreadable"],
])("another head is refused: %s", (_, found, detail) => {
  expect(() => checkHead(found, HEAD)).toThrow(expect.objectContaining({ code: "cache", detail }));
});
