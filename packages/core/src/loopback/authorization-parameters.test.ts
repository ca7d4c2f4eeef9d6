import { expect, test } from "vitest";
import { parseAuthorizationParameters } from "./authorization-parameters.ts";

test("what is known of an answer is read, and nothing else is there", () => {
  expect(parseAuthorizationParameters("state=a&code=b+c&other=d&state_=e")).toStrictEqual({
    state: "a",
    code: "b c",
  });
  expect(parseAuthorizationParameters("")).toStrictEqual({});
});

test.each([
  "state",
  "code",
  "error",
  "error_description",
  "error_subcode",
  "iss",
  "client_info",
  "session_state",
])("%s twice is no answer, though it be the same twice", (name) => {
  expect(parseAuthorizationParameters(`${name}=a&${name}=a`)).toBeUndefined();
  expect(parseAuthorizationParameters(`${name}=a&x=a&x=b`)).toStrictEqual({ [name]: "a" });
});

test.each(["50%", "50%a", "%zz", "%%", "%4"])("a percent sign of nothing is itself: %s", (text) => {
  expect(parseAuthorizationParameters(`state=${text}`)).toStrictEqual({ state: text });
});

test.each(["%ff", "%c3(", "%ed%a0%80", "%e2%82"])("bytes that are not UTF-8 are no answer: %s", (text) => {
  expect(parseAuthorizationParameters(`state=a&code=${text}`)).toBeUndefined();
});
