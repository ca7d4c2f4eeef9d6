import { expect, test } from "vitest";
import { ADA, BOB } from "../../test/scripted-flow.ts";
import { accountToUse } from "./account-to-use.ts";

test.each([
  ["no hint: the most recent account", undefined, ADA],
  ["the hinted account, wherever it stands", "bob@contoso.example", BOB],
  ["compared without case", "BOB@Contoso.example", BOB],
  ["a whole user name that is not there: nobody", "eve@contoso.example", undefined],
  ["a hint that is no user name: the most recent account", "bob", ADA],
])("%s", (_, loginHint, expected) => {
  expect(accountToUse([ADA, BOB], loginHint)).toBe(expected);
});

test("of no accounts, none", () => {
  expect(accountToUse([], undefined)).toBeUndefined();
  expect(accountToUse([], "bob")).toBeUndefined();
});
