import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, CLIENT_ID, CONTOSO, FABRIKAM, homeIdOf, recordOf } from "../../test/fake-account.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import type { KnownAccount } from "../contract/known-account.ts";
import { BrokerAccounts } from "./broker-accounts.ts";

const authority = "login.microsoftonline.com";
let accounts: BrokerAccounts;
beforeEach(() => {
  accounts = new BrokerAccounts({ clientId: CLIENT_ID, authority });
});

const answerFor = (account: typeof ADA, more: Partial<BrokerAnswer> = {}): BrokerAnswer => ({
  kind: "organizations",
  token: "t",
  expiresOnTimestamp: 0,
  homeAccountId: homeIdOf(account),
  tenantId: account.tenantId,
  tenantIsTold: true,
  username: account.username,
  grantedScopes: [],
  switched: false,
  warnings: [],
  ...more,
});
const listed = (account: typeof ADA, more: Partial<KnownAccount> = {}): KnownAccount => ({
  kind: "organizations",
  id: `wam-${account.username}`,
  home: { homeAccountId: homeIdOf(account), certain: true },
  username: account.username,
  names: [],
  tenantId: account.tenantId,
  ...more,
});

describe("an account that is met", () => {
  test("keeps the record by which it was asked for, and nobody gets another's", () => {
    const asked = { ...recordOf(ADA, FABRIKAM), homeAccountId: homeIdOf(ADA).toUpperCase() };
    expect(accounts.meet(answerFor(ADA), asked)).toBe(asked);
    expect(accounts.meet(answerFor(BOB), asked)).toEqual(recordOf(BOB));
    expect(accounts.meet(answerFor(BOB))).toEqual(recordOf(BOB));
  });

  test("is found by Windows's id of it, which an answer without one does not take away", () => {
    accounts.meet(answerFor(ADA));
    expect(accounts.sought(recordOf(ADA)).webAccountId).toBeUndefined();
    accounts.meet(answerFor(ADA, { webAccountId: "wam-1" }));
    accounts.meet(answerFor(ADA));
    const upper = { ...recordOf(ADA), homeAccountId: homeIdOf(ADA).toUpperCase() };
    expect(accounts.sought(upper)).toEqual({
      homeAccountId: upper.homeAccountId,
      username: ADA.username,
      webAccountId: "wam-1",
    });
  });

  test("is known by each name that it ever had or that led to it, and by no other", () => {
    accounts.meet(answerFor(ADA, { idTokenClaims: { upn: "first@x.example" } }), undefined, "hint@x.example");
    accounts.meet(answerFor(ADA));
    for (const name of [ADA.username, "first@x.example", "HINT@x.example"])
      expect(accounts.named(name)?.homeAccountId, name).toBe(homeIdOf(ADA));
    for (const name of ["Stryker was here", "undefined", BOB.username, undefined])
      expect(accounts.named(name), name).toBeUndefined();
  });

  test("comes first of all, again with each time that it is met", () => {
    accounts.meet(answerFor(ADA));
    accounts.meet(answerFor(BOB));
    accounts.meet(answerFor(ADA));
    expect(accounts.all([]).map(({ username }) => username)).toEqual([ADA.username, BOB.username]);
  });
});

describe("the accounts that Windows lists", () => {
  test("follow those that were met, whose own record stands", () => {
    const met = accounts.meet(answerFor(ADA, { tenantId: FABRIKAM }));
    expect(accounts.all([listed(BOB), listed(ADA)])).toEqual([met, recordOf(BOB)]);
  });

  test("are of their tenant, or else of their home, and named by their id where nothing else names them", () => {
    const bare = listed(BOB, { tenantId: undefined, username: undefined });
    expect(accounts.all([listed(ADA, { tenantId: FABRIKAM }), bare])).toEqual([
      recordOf(ADA, FABRIKAM),
      { ...recordOf(BOB), tenantId: CONTOSO, username: homeIdOf(BOB) },
    ]);
  });

  test.each([
    ["https://login.microsoftonline.com/x", true],
    ["https://login.windows.net/x", true],
    ["https://login.microsoftonline.us/x", false],
    ["https://login.of-nobody.example/x", true],
    ["no address", true],
    [undefined, true],
  ])("are of this cloud unless they name another one: %s", (of, isHere) => {
    expect(accounts.all([listed(ADA, { authority: of })])).toHaveLength(isHere ? 1 : 0);
  });

  test("are left out without a home, and after a sign-out", () => {
    expect(accounts.all([listed(ADA, { home: undefined })])).toEqual([]);
    accounts.signOut(homeIdOf(ADA).toUpperCase());
    expect(accounts.all([listed(ADA)])).toEqual([]);
    accounts.signIn(homeIdOf(ADA));
    expect(accounts.all([listed(ADA)])).toHaveLength(1);
  });
});
