import { expect, test } from "vitest";
import { labelOf, parseLabel, type AccountLabel } from "./account-label.ts";
import { accountKey } from "./stored-account.ts";

const RECORD = {
  authority: "login.microsoftonline.com",
  homeAccountId: "oid.home",
  clientId: "client",
  tenantId: "home",
  username: "ada@contoso.example",
};

test.each<readonly [string, AccountLabel, string]>([
  ["of a member", { record: RECORD, signedInAt: 1 }, '[1,"ada@contoso.example"]'],
  [
    "with other names",
    { record: RECORD, signedInAt: 1, names: ["ada", "countess"] },
    '[1,"ada@contoso.example",["ada","countess"]]',
  ],
  [
    "of a guest",
    { record: { ...RECORD, tenantId: "resource" }, signedInAt: 1.5 },
    '[1.5,"ada@contoso.example",[],{"tenantId":"resource"}]',
  ],
])("a label %s says what the key does not", (_, account, label) => {
  const key = accountKey(account.record);
  expect(labelOf(key, account)).toBe(label);
  expect(parseLabel(key, label)).toEqual(account);
});

test.each([
  { ...RECORD, homeAccountId: "OID.Home", clientId: "CLIENT", authority: "LOGIN.microsoftonline.com" },
  { ...RECORD, homeAccountId: "a|b.c|d", clientId: "x|y" },
  { ...RECORD, homeAccountId: "", tenantId: "", username: "" },
  { ...RECORD, username: 'quote " and \n and \u2028 and ü' },
  { ...RECORD, ofLaterVersion: "kept" },
])("an account is read from its label as it stands in its record: %j", (record) => {
  for (const key of [accountKey(record), "another|key|than.its", "", "no-bar", "one|bar"]) {
    expect(parseLabel(key, labelOf(key, { record, signedInAt: 3 }))).toEqual({ record, signedInAt: 3 });
  }
});

test.each([
  undefined,
  "",
  "junk",
  "null",
  "{}",
  "[]",
  '["1","ada"]',
  "[1]",
  "[1,2]",
  '[null,"ada"]',
  '[1,"ada",[],{"tenantId":7}]',
  '[1,"ada",[],{"username":null}]',
])("what is no label of ours, such as %j, says nothing", (label) => {
  expect(parseLabel("c|a|h.t", label)).toBeUndefined();
});

test("names that are no texts are left out", () => {
  expect(parseLabel("c|a|h.t", '[1,"ada",["x",7,null]]')).toMatchObject({ names: ["x"] });
  expect(parseLabel("c|a|h.t", '[1,"ada","x",null]')).not.toHaveProperty("names");
});
