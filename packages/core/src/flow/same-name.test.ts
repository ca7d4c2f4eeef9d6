import { expect, test } from "vitest";
import { ADA, BOB } from "../../test/scripted-flow.ts";
import { accountOfName, namedAccountToUse } from "./account-to-use.ts";
import { isSameName } from "./same-name.ts";

test.each([
  ["ada@contoso.com", "ADA@Contoso.com", true],
  ["ada@contoso.com", " ada@contoso.com ", true],
  ["ada@contoso.com", "ada_contoso.com#EXT#@fabrikam.onmicrosoft.com", true],
  ["ada_b@contoso.com", "ada_b_contoso.com#ext#@fabrikam.onmicrosoft.com", true],
  ["ada_contoso.com#EXT#@fabrikam.onmicrosoft.com", "ada_contoso.com#EXT#@woodgrove.com", true],
  ["ada@contoso.com", "bob_contoso.com#EXT#@fabrikam.onmicrosoft.com", false],
  ["ada@contoso.com", "ada@fabrikam.com", false],
  ["ada@fabrikam.onmicrosoft.com", "ada_contoso.com#EXT#@fabrikam.onmicrosoft.com", false],
  ["#EXT#@", "#ext#@", true],
])("%s and %s are one name: %s", (one, other, same) => {
  expect([isSameName(one, other), isSameName(other, one)]).toEqual([same, same]);
});

const ada = { record: ADA, names: ["ada.lovelace@contoso.example", "shared@contoso.example"] };
const bob = { record: BOB, names: ["robert@fabrikam.example", "shared@contoso.example", ADA.username] };

test.each([
  ["an alias", "Robert@Fabrikam.example", BOB],
  ["a name that two have: the one who signed in last", "shared@contoso.example", ADA],
  ["a user name goes before another's alias", ADA.username, ADA],
  ["nobody's", "eve@contoso.example", undefined],
])("a hint is %s", (_, hint, expected) => {
  expect(accountOfName([ada, bob], hint)).toBe(expected);
  expect(namedAccountToUse([ada, bob], hint)).toBe(expected);
});

test("a hint that is no name of anybody's is the first one's, and names nobody", () => {
  expect(namedAccountToUse([ada, bob], "O.AaB-opaque")).toBe(ADA);
  expect(accountOfName([ada, bob], "O.AaB-opaque")).toBeUndefined();
});
