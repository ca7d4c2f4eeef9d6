import { WamError, type WamAccount, type WamListResult } from "@entrada/wam";
import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, CONTOSO, FABRIKAM, SOPHIE, homeIdOf, webAccountOf } from "../../test/fake-account.ts";
import { FakeWam } from "../../test/fake-wam.ts";
import { reasonOf } from "../../test/flow-on-fake.ts";
import { ORDERS_ASK as ask } from "../../test/orders-ask.ts";
import { AccountFinder } from "./account-finder.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
});
const finder = (more: Partial<ConstructorParameters<typeof AccountFinder>[0]> = {}): AccountFinder =>
  new AccountFinder({ transport: fake, probe: fake.probeResult, msaPassthrough: false, ...more });
const list = (...accounts: readonly WamAccount[]): WamListResult => ({ status: 0, accounts });
const missing = (): WamError =>
  new WamError({ code: "WAM_PROVIDER_NOT_FOUND", step: "FindAllAccountsAsync" });
const unexplained = (): WamError =>
  new WamError({ code: "WAM_HRESULT", step: "FindAllAccountsAsync", hresult: 0x80070005 });

describe("looking for one account", () => {
  const sought = { homeAccountId: homeIdOf(ADA), username: ADA.username };

  test("takes Windows's own id of it first, and asks for no list then", async () => {
    fake.known.push(ADA);
    const found = await finder().find(ask, { ...sought, webAccountId: webAccountOf(ADA).id });
    expect(found).toEqual({ kind: "organizations", webAccountId: webAccountOf(ADA).id, listed: true });
    expect(fake.count("listAccounts")).toBe(0);
  });

  test("without such an id asks nobody for one", async () => {
    fake.known.push(ADA);
    await finder().find(ask, sought);
    expect(fake.count("findAccount")).toBe(0);
  });

  test("goes by the home account id, in either case of its letters, not by the place in the list", async () => {
    fake.known.push(BOB, ADA);
    const found = await finder().find(ask, { homeAccountId: homeIdOf(ADA).toUpperCase() });
    expect(found.webAccountId).toBe(webAccountOf(ADA).id);
  });

  test("does not take an account without a home for one that has none either", async () => {
    const nameless = { ...webAccountOf(BOB), properties: {} };
    fake.script("listAccounts", { result: list(nameless) });
    const found = await finder().find(ask, { homeAccountId: "" });
    expect(found).toEqual({ kind: "organizations", webAccountId: undefined, listed: true });
  });

  test("takes a name for it only where Windows does not say whose account it is", async () => {
    const guest = { ...webAccountOf(ADA), properties: { OID: "guest", TenantId: FABRIKAM } };
    fake.script("listAccounts", { result: list(guest) });
    expect((await finder().find(ask, sought)).webAccountId).toBe(guest.id);

    fake.script("listAccounts", { result: list(guest) });
    expect((await finder().find(ask, { homeAccountId: homeIdOf(ADA) })).webAccountId).toBeUndefined();

    const nowhere = { ...webAccountOf(ADA), properties: {} };
    fake.script("listAccounts", { result: list(nowhere) });
    expect((await finder().find(ask, sought)).webAccountId).toBe(nowhere.id);
  });

  test("tells a list without it from no list", async () => {
    expect((await finder().find(ask, sought)).listed).toBe(true);
    const features = { ...fake.probeResult.features, listAccounts: false };
    expect((await finder({ probe: { features } }).find(ask, sought)).listed).toBe(false);
    const personal = { homeAccountId: homeIdOf(SOPHIE) };
    expect((await finder().find({ ...ask, tenantId: "consumers" }, personal)).listed).toBe(false);
  });

  test("takes one list of three for an answer, whichever spelling brought it", async () => {
    const mixed = { ...ask, clientId: "AbC" };
    fake.script("listAccounts", { fails: {} }, { result: list(webAccountOf(ADA)) }, { fails: {} });
    expect(await finder().find(mixed, sought)).toEqual({
      kind: "organizations",
      webAccountId: webAccountOf(ADA).id,
      listed: true,
    });
    fake.script("listAccounts", { result: { status: 1, accounts: [] } }, { result: list() });
    expect((await finder().find(mixed, sought)).listed).toBe(true);
    fake.script(
      "listAccounts",
      { throws: missing() },
      { result: list(webAccountOf(ADA)) },
      { throws: missing() },
    );
    expect((await finder().find(mixed, sought)).webAccountId).toBe(webAccountOf(ADA).id);
  });

  test("a list that fails is as good as none, but for a plugin that is missing and a way that broke", async () => {
    fake.script("listAccounts", { throws: unexplained() }, { throws: unexplained() });
    expect(await finder().find(ask, sought)).toMatchObject({ webAccountId: undefined, listed: false });
    fake.script("listAccounts", { throws: missing() }, { throws: missing() });
    expect(await reasonOf(finder().find(ask, sought))).toMatchObject({ detail: "provider_unavailable" });
    fake.script("listAccounts", { throws: new RangeError("broken") }, { throws: new RangeError("broken") });
    expect(await reasonOf(finder().find(ask, sought))).toMatchObject({ detail: "broker_invalid_response" });
  });

  test("asks the plugin of the account's home, under passthrough in every tenant", async () => {
    const personal = { homeAccountId: homeIdOf(SOPHIE) };
    const inTenant = { ...ask, tenantId: CONTOSO };
    expect((await finder().find(inTenant, personal)).kind).toBe("organizations");
    expect((await finder({ msaPassthrough: true }).find(inTenant, personal)).kind).toBe("consumers");
  });
});

describe("an account by its id", () => {
  test.each([
    ["is null", { result: null as never }],
    ["is told as not found", { fails: { code: "WAM_ACCOUNT_NOT_FOUND" as const } }],
  ])("that Windows has forgotten %s", async (_, outcome) => {
    fake.script("findAccount", outcome);
    expect(await finder().byId(ask, "organizations", "wam-ada")).toBeUndefined();
  });

  test("that cannot be looked for fails as a typed error", async () => {
    fake.script("findAccount", { throws: unexplained() });
    expect(await reasonOf(finder().byId(ask, "organizations", "wam-ada"))).toMatchObject({
      code: "service",
      detail: "broker_error",
    });
  });
});

describe("all accounts", () => {
  test("are those of one plugin where the other one fails", async () => {
    fake.known.push(ADA);
    fake.providers.delete("consumers");
    expect((await finder().list(ask)).map(({ id }) => id)).toEqual([webAccountOf(ADA).id]);
  });

  test("are none where this Windows lists none", async () => {
    const features = { ...fake.probeResult.features, listAccounts: false };
    expect(await finder({ probe: { features } }).list(ask)).toEqual([]);
    expect(fake.count("listAccounts")).toBe(0);
  });

  test("are each there once, however many spellings found them; the personal plugin knows one", async () => {
    fake.known.push(ADA);
    expect(await finder().list({ ...ask, clientId: "AbC" })).toHaveLength(1);
    const asked = fake.calls.map(({ details }) => [details["providerAuthority"], details["clientId"]]);
    expect(asked).toEqual([
      ["organizations", "AbC"],
      ["organizations", "abc"],
      ["organizations", "ABC"],
      ["consumers", "AbC"],
    ]);
  });
});
