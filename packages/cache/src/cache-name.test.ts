import { expect, test } from "vitest";
import { checkCacheName } from "./cache-name.ts";
import { persistentTokenCache } from "./persistent-token-cache.ts";

const GOOD = [
  "a",
  "my-app",
  "My_App.2",
  "0",
  "_",
  "-x",
  "a".repeat(64),
  "console",
  "com10",
  "nul1",
  "a.con",
  "x..y",
];
const BAD = [
  "",
  ".",
  "..",
  ".hidden",
  "../../x",
  "..\\x",
  "a/b",
  "a\\b",
  "/etc/passwd",
  "C:\\x",
  "C:x",
  "a b",
  " a",
  "a\0",
  "\0",
  "a\nb",
  "ä",
  "a:b",
  "a*",
  "a?",
  "~",
  "$HOME",
  "%TEMP%",
  "a".repeat(65),
  "a".repeat(300),
  "CON",
  "con",
  "con.txt",
  "PRN",
  "AUX",
  "aux.cache",
  "NUL",
  "nul.",
  "COM1",
  "com0.x",
  "LPT9",
  undefined,
  null,
  1,
  {},
  ["a"],
];

test.each(GOOD)("%j is a name for a cache", (name) => {
  expect(checkCacheName(name)).toBe(name);
});

test.each(BAD)("%j is refused at construction, before anything is touched", (name) => {
  const error = refusal(() => persistentTokenCache({ name: name as string }));
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ code: "ERR_INVALID_ARG_VALUE", detail: "invalid_cache_name" });
  expect(error.message).toContain('"name"');
});

test.each([
  [undefined],
  [{ name: "a", protection: "none" }],
  [{ name: "a", protection: true }],
  [{ name: "a", directory: "" }],
  [{ name: "a", directory: "a\0b" }],
  [{ name: "a", directory: 7 }],
  [{ name: "a", onWarning: "log" }],
  [{ name: "a", keyStore: {} }],
  [{ name: "a", lockTimeoutInMs: 0 }],
  [{ name: "a", lockTimeoutInMs: Number.NaN }],
  [{ name: "a", lockTimeoutInMs: 2 ** 31 }],
])("the options %j are refused with a TypeError", (options) => {
  expect(() => persistentTokenCache(options as never)).toThrow(TypeError);
});

function refusal(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("It should have been refused");
}
