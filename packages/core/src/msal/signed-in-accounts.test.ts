import { describe, expect, test } from "vitest";
import { tokenRequest } from "../../test/msal/entra-over-fetch.ts";
import type { StoredAccount } from "../cache/stored-account.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";
import { SignedInAccounts } from "./signed-in-accounts.ts";

const HOME = "aaaabbbb-1111-4111-8111-ccccddddeeee";
const RESOURCE = "22222222-2222-4222-8222-222222222222";
const RECORD = {
  authority: "login.microsoftonline.com",
  clientId: "client",
  homeAccountId: `oid.${HOME}`,
  tenantId: HOME,
  username: "ada@contoso.example",
};
const HOUR = 3_600_000;
const clock = virtualClock();
const accounts = new SignedInAccounts({
  clientId: "client",
  authorityHost: "https://login.windows.net",
  clock,
});

function answer(changes: Partial<CheckedTokenAnswer> = {}): CheckedTokenAnswer {
  return {
    accessToken: "a",
    expiresOnTimestamp: clock.now() + HOUR,
    grantedScopes: ["s"],
    warnings: [],
    ...changes,
  };
}

/** The account as it stands after an answer to a request. */
function after(
  request: Parameters<typeof tokenRequest>[0],
  changes: Partial<CheckedTokenAnswer> = {},
  before?: StoredAccount,
  names?: readonly string[],
): StoredAccount {
  const known = { record: RECORD, signedInAt: 1, ...(names === undefined ? {} : { names }) };
  return accounts.change(tokenRequest(request), answer(changes), known).save!(before);
}

const tokensOf = (account: StoredAccount): readonly string[] =>
  Object.values(account.tokens).map(({ token }) => token);

describe("the accounts of one application at one authority", () => {
  test("are kept under the host's usual name, whatever case the application and the account are written in", () => {
    expect(accounts.authority).toBe("login.microsoftonline.com");
    expect(accounts.keyStart).toBe("client|login.microsoftonline.com|");
    const other = { ...RECORD, clientId: "other", authority: "elsewhere", homeAccountId: "OID.Home" };
    expect(accounts.keyOf(other)).toBe("client|login.microsoftonline.com|oid.home");
  });

  test("are told without those of others, the last who signed in first", () => {
    const listed = [
      { record: RECORD, signedInAt: 1 },
      { record: { ...RECORD, username: "bob", authority: "LOGIN.microsoftonline.com" }, signedInAt: 3 },
      { record: { ...RECORD, clientId: "other" }, signedInAt: 4 },
      { record: { ...RECORD, authority: "login.microsoftonline.us" }, signedInAt: 5 },
      { record: { ...RECORD, username: "eve" }, signedInAt: 2, names: ["e"] },
    ];
    expect(accounts.of(listed).map(({ username }) => username)).toEqual(["bob", "eve", RECORD.username]);
    expect(accounts.sorted(listed)[1]?.names).toEqual(["e"]);
  });
});

describe("a kept token", () => {
  test.each([
    ["the same", {}, true],
    ["the tenant in capital letters", { tenantId: HOME.toUpperCase() }, true],
    ["a word, which means the home tenant", { tenantId: "organizations" }, true],
    ["another tenant", { tenantId: RESOURCE }, false],
    ["other scopes", { scopes: ["other"] }, false],
    ["more scopes", { scopes: ["other", "s"] }, false],
    ["one that can be revoked", { enableCae: true }, false],
    ["a claims challenge", { claims: "{}" }, false],
  ])("answers a request for %s: %s", (_, changes, served) => {
    const stored = after({ scopes: ["s"], tenantId: HOME });
    const asked = tokenRequest({ scopes: ["s"], tenantId: HOME, ...changes });
    expect(accounts.usable(stored, asked)?.token).toBe(served ? "a" : undefined);
    expect(accounts.valid(stored, asked)?.token).toBe(served ? "a" : undefined);
  });

  test("is found as earlier versions have written it, and those of other scopes are not taken for it", () => {
    const token = { token: "old", expiresOnTimestamp: clock.now() + HOUR, tenantId: HOME, grantedScopes: [] };
    const served = (key: string, changes: Parameters<typeof tokenRequest>[0]): string | undefined => {
      const stored = { record: RECORD, signedInAt: 1, tokens: { [key]: token } };
      return accounts.usable(stored, tokenRequest({ tenantId: RECORD.tenantId.toUpperCase(), ...changes }))
        ?.token;
    };
    expect(served(`a bc|${HOME}|`, { scopes: ["a", "bc"] })).toBe("old");
    expect(served(`a bc|${HOME}|cae`, { scopes: ["a", "bc"], enableCae: true })).toBe("old");
    expect(served(`a bc|${HOME}|`, { scopes: ["ab", "c"] })).toBeUndefined();
  });

  test("that came under a word is the home tenant's; nobody has one", () => {
    const stored = after({ scopes: ["s"], tenantId: "common" });
    expect(accounts.usable(stored, tokenRequest({ scopes: ["s"], tenantId: HOME }))?.token).toBe("a");
    expect(accounts.usable(undefined, tokenRequest())).toBeUndefined();
  });

  test("is used until it is to be renewed, and is valid until it expires", async () => {
    const request = tokenRequest({ tenantId: HOME });
    const stored = after({ tenantId: HOME }, { refreshAfterTimestamp: clock.now() + 1000 });
    expect(accounts.usable(stored, request)).toMatchObject({ token: "a", account: RECORD });
    await clock.advance(1000);
    expect(accounts.usable(stored, request)).toBeUndefined();
    expect(accounts.valid(stored, request)?.token).toBe("a");
    await clock.advance(HOUR - 1001);
    expect(accounts.valid(stored, request)?.token).toBe("a");
    await clock.advance(1);
    expect(accounts.valid(stored, request)).toBeUndefined();
  });
});

describe("what an answer changes", () => {
  test("is the one token, beside those that have not expired", async () => {
    const one = after({ scopes: ["one"] }, { accessToken: "one", expiresOnTimestamp: clock.now() + 1000 });
    const two = after({ scopes: ["two"] }, { accessToken: "two" }, one);
    expect(tokensOf(two)).toEqual(["one", "two"]);
    await clock.advance(1000);
    expect(tokensOf(after({ scopes: ["two"] }, { accessToken: "newer" }, two))).toEqual(["newer"]);
  });

  test("is the refresh token, which stays where none came, and is none where there never was one", () => {
    const first = after({}, { refreshToken: "r1" });
    expect(first.refreshToken).toBe("r1");
    expect(after({}, {}, first).refreshToken).toBe("r1");
    expect(after({}, { refreshToken: "r2" }, first).refreshToken).toBe("r2");
    expect(after({}, {})).not.toHaveProperty("refreshToken");
  });

  test("is told with the time at which it came", () => {
    const { result } = accounts.change(tokenRequest({ tenantId: RESOURCE }), answer(), {
      record: RECORD,
      signedInAt: 1,
    });
    expect(result).toEqual({
      token: "a",
      expiresOnTimestamp: clock.now() + HOUR,
      receivedOnTimestamp: clock.now(),
      tenantId: RESOURCE,
      grantedScopes: ["s"],
      account: RECORD,
    });
    expect(result).not.toHaveProperty("refreshAfterTimestamp");
  });

  test.each([
    ["the id token names", { idTokenClaims: { tid: RESOURCE } as never }, HOME, RESOURCE],
    ["was asked, where it does not", {}, RESOURCE, RESOURCE],
    ["is the account's, where only a word was", {}, "organizations", HOME],
  ])("is of the tenant that %s", (_, changes, asked, tenantId) => {
    const [token] = Object.values(after({ tenantId: asked }, changes).tokens);
    expect(token?.tenantId).toBe(tenantId);
  });
});

describe("the names of an account", () => {
  test("are those that it had and has, once each, without its user name", () => {
    const before = { record: RECORD, signedInAt: 1, tokens: {}, names: ["ada", "countess"] };
    const { names } = after({}, {}, before, [" Countess ", "ADA@contoso.example", "lovelace"]);
    expect(names).toEqual(["ada", "countess", "lovelace"]);
    expect(after({}, {}, undefined, ["ada@contoso.example"])).not.toHaveProperty("names");
    expect(after({})).not.toHaveProperty("names");
  });

  test("are the twelve that were used last", () => {
    const many = Array.from({ length: 12 }, (_, index) => `name-${index}`);
    const before = { record: RECORD, signedInAt: 1, tokens: {}, names: many };
    expect(after({}, {}, before, ["name-0"]).names).toEqual([...many.slice(1), "name-0"]);
    expect(after({}, {}, before, ["new"]).names).toEqual([...many.slice(1), "new"]);
  });
});
