import { expect, test } from "vitest";
import { answeredAccount, RECORD } from "../../test/msal/answered-account.ts";
import type { AccountLabel } from "../cache/account-label.ts";
import { SignedInAccounts } from "./signed-in-accounts.ts";
import { storedAccountOf } from "./stored-account-of.ts";

const { clientId, authority } = RECORD;
const accounts = new SignedInAccounts({
  clientId,
  authorityHost: `https://${authority}`,
  clock: answeredAccount().clock,
});

/** Accounts that tell what they were asked. */
function sourceOf(listed: readonly AccountLabel[]) {
  const asked: string[] = [];
  const source = {
    list: async (keyStart: string) => (asked.push(`list ${keyStart}`), listed),
    account: async (key: string) => (asked.push(`account ${key}`), undefined),
  };
  return { asked, source };
}

const KEY = accounts.keyOf(RECORD);

test("who is known is looked up, and nobody is listed", async () => {
  const { asked, source } = sourceOf([]);
  expect(await storedAccountOf(accounts, source, { account: RECORD })).toEqual({
    key: KEY,
    stored: undefined,
  });
  expect(asked).toEqual([`account ${KEY}`]);
});

test("who is not known is looked for among all, and then looked up", async () => {
  const { asked, source } = sourceOf([{ record: RECORD, signedInAt: 1 }]);
  expect((await storedAccountOf(accounts, source, {})).key).toBe(KEY);
  expect(asked).toEqual([`list ${accounts.keyStart}`, `account ${KEY}`]);
});

test("where nobody has signed in, no account is opened", async () => {
  const { asked, source } = sourceOf([]);
  expect(await storedAccountOf(accounts, source, {})).toEqual({});
  expect(asked).toEqual([`list ${accounts.keyStart}`]);
});
