import type { WamAccount } from "@entrada/wam";
import { describe, expect, test } from "vitest";
import { ADA, CONTOSO, FABRIKAM, PERSONAL_TENANT_ID, SOPHIE, webAccountOf } from "../../test/fake-account.ts";
import { homeIdOfWebAccount, knownAccountOf, nameOfWebAccount } from "./web-account.ts";

const accountWith = (properties: Readonly<Record<string, string>>, userName = ""): WamAccount => ({
  id: "wam-1",
  userName,
  state: 1,
  properties,
});

test("all that WAM tells of an account is known of it", () => {
  const account = webAccountOf(ADA);
  const properties = { ...account.properties, UPN: "a@other.example", Authority: "https://login.example/x" };
  expect(knownAccountOf("organizations", { ...account, properties })).toEqual({
    kind: "organizations",
    id: account.id,
    home: { homeAccountId: `${ADA.objectId}.${CONTOSO}`, certain: true },
    username: ADA.username,
    names: [ADA.username, "a@other.example"],
    displayName: ADA.name,
    tenantId: CONTOSO,
    objectId: ADA.objectId,
    authority: "https://login.example/x",
  });
});

test("an account is known by its UPN where Windows shows no name, and by no name that is empty", () => {
  const account = accountWith({ UPN: ADA.username });
  expect(nameOfWebAccount(account)).toBe(ADA.username);
  expect(knownAccountOf("organizations", account).names).toEqual([ADA.username]);
});

describe("the home of an account", () => {
  test("of a person is sixteen digits, and no more or other than these", () => {
    const cid = "4d2c8e5b7a9f1c06";
    const home = { homeAccountId: `${SOPHIE.objectId}.${PERSONAL_TENANT_ID}`, certain: true };
    expect(homeIdOfWebAccount(accountWith({ SafeCustomerId: cid }))).toEqual(home);
    expect(homeIdOfWebAccount(accountWith({ SafeCustomerId: cid.toUpperCase() }))).toEqual(home);
    for (const SafeCustomerId of [`0${cid}`, `${cid}0`, cid.slice(1), `${cid.slice(1)}g`, ""])
      expect(homeIdOfWebAccount(accountWith({ SafeCustomerId }))).toBeUndefined();
  });

  test("is certain only where both halves of it are told", () => {
    const guest = { OID: "guest", TenantId: FABRIKAM };
    const uncertain = { homeAccountId: `guest.${FABRIKAM}`, certain: false };
    expect(homeIdOfWebAccount(accountWith({ ...guest, HomeOID: "home", HomeTenantId: CONTOSO }))).toEqual({
      homeAccountId: `home.${CONTOSO}`,
      certain: true,
    });
    expect(homeIdOfWebAccount(accountWith({ ...guest, HomeOID: "home" }))).toEqual(uncertain);
    expect(homeIdOfWebAccount(accountWith({ ...guest, HomeTenantId: CONTOSO }))).toEqual(uncertain);
    expect(homeIdOfWebAccount(accountWith({ OID: "guest" }))).toBeUndefined();
    expect(homeIdOfWebAccount(accountWith({ TenantId: FABRIKAM }))).toBeUndefined();
  });
});
