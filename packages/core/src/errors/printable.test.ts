import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test.each([
  ["colours", "a \u001b[31mred\u001b[0m word", "a red word"],
  ["line ends", "one\r\ntwo\u2028three", "one two three"],
  ["other control characters", "a\u0000b\u009bc", "a b c"],
  // Unicode Standard Annex 9: the text after them is shown in another order than it has.
  [
    "marks of direction",
    "go to \u202ehttps://a.example\u202c \u2066b\u2069\u200f",
    "go to https://a.example b",
  ],
  [
    "nothing of a language",
    "Melden Sie sich an: übung, 登录, כניסה, 👩‍💻",
    "Melden Sie sich an: übung, 登录, כניסה, 👩‍💻",
  ],
])("takes %s out of a text", (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});
