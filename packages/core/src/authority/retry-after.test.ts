import { expect, it } from "vitest";
import { retryAfterInMs } from "./retry-after.ts";

const NOW = Date.UTC(2026, 5, 1);
/** A date with a comment, which `Date.parse` skips, of so many characters in all. */
const dateOfLength = (length: number): string =>
  "Mon, 01 Jun 2026 00:00:07 GMT (".padEnd(length - 1, "x") + ")";

it.each([
  ["7", 7000],
  [" 7 ", 7000],
  ["Mon, 01 Jun 2026 00:00:07 GMT", 7000],
  // The two older forms of RFC 9110, section 5.6.7: each is in GMT, whether it says so or not.
  ["Monday, 01-Jun-26 00:00:07 GMT", 7000],
  ["Mon Jun  1 00:00:07 2026", 7000],
  [dateOfLength(64), 7000],
  ["3600", 3_600_000],
  ["3601", 3_600_000],
])("Retry-After: %s asks to wait %i ms", (value, wait) => {
  expect(retryAfterInMs(value, NOW)).toBe(wait);
});

it.each([
  undefined,
  "",
  "0",
  "-7",
  "7.5",
  "7 s",
  "s 7",
  "1".repeat(21),
  "Mon, 01 Jun 2026 00:00:00 GMT",
  "Sun, 31 May 2026 23:59:59 GMT",
  // What Date.parse understands beyond the dates of HTTP.
  "2026-06-01T00:00:07Z",
  "06/02/2026",
  "(x) Mon, 01 Jun 2026 00:00:07 GMT",
  dateOfLength(65),
])("Retry-After: %o asks for nothing", (value) => {
  expect(retryAfterInMs(value, NOW)).toBeUndefined();
});
