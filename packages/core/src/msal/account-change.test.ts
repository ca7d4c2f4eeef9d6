import { describe, expect, test } from "vitest";
import { answeredAccount, HOME, HOUR, RECORD, RESOURCE } from "../../test/msal/answered-account.ts";
import { tokenRequest } from "../../test/msal/entra-over-fetch.ts";
import type { StoredAccount } from "../cache/stored-account.ts";
import { accountChange } from "./account-change.ts";

const { clock, answer, after } = answeredAccount();

const tokensOf = (account: StoredAccount): readonly string[] =>
  Object.values(account.tokens).map(({ token }) => token);

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
    const { result } = accountChange(
      tokenRequest({ tenantId: RESOURCE }),
      answer(),
      { record: RECORD, signedInAt: 1 },
      clock.now(),
    );
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
