import { describe, expect, test } from "vitest";
import { answeredAccount, HOME, HOUR, RECORD, RESOURCE } from "../../test/msal/answered-account.ts";
import { tokenRequest } from "../../test/msal/entra-over-fetch.ts";
import { SignedInAccounts } from "./signed-in-accounts.ts";

const { clock, after } = answeredAccount();
const accounts = new SignedInAccounts({
  clientId: "client",
  authorityHost: "https://login.windows.net",
  clock,
});

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
