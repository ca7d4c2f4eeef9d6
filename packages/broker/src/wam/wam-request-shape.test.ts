import { describe, expect, test } from "vitest";
import { ORDERS, ORDERS_ASK as ask } from "../../test/orders-ask.ts";
import { providerAuthorityOf, wamRequestShape, type DialogShape } from "./wam-request-shape.ts";

const ENTRA = { wam_compat: "2.0", return_account_on_failure: "true" };
const PERSONAL = { "api-version": "2.0", oauth2_batch: "1", "x-client-info": "1" };
const loginHint = "ada@contoso.example";

type Properties = Readonly<Record<string, string>>;

describe("what a plugin is told of a dialog", () => {
  test.each<[string, DialogShape | undefined, Properties, Properties]>([
    ["none", undefined, {}, {}],
    ["what is missing of one account", { force: false, sameAccount: true }, { hsu: "1" }, {}],
    ["a sign-in anew", { force: true, sameAccount: false }, {}, {}],
    [
      "a choice",
      { force: true, pickAccount: true },
      { prompt: "select_account" },
      { Client_uiflow: "new_account" },
    ],
    [
      "a name to begin with",
      { force: true, loginHint },
      { LoginHint: loginHint },
      { Client_uiflow: "new_account", LoginHint: loginHint },
    ],
  ])("%s", (_, dialog, entra, personal) => {
    const promptType = dialog?.force ? 1 : 0;
    expect(wamRequestShape("organizations", ask, dialog)).toEqual({
      providerAuthority: "https://login.microsoftonline.com/organizations",
      scope: `${ORDERS} offline_access openid profile`,
      promptType,
      properties: { ...ENTRA, ...entra },
    });
    expect(wamRequestShape("consumers", ask, dialog)).toEqual({
      providerAuthority: "consumers",
      scope: `${ORDERS} openid profile`,
      promptType,
      properties: { ...PERSONAL, ...personal },
    });
  });
});

test("no scope is asked for twice", () => {
  const { scope } = wamRequestShape("consumers", { ...ask, scopes: ["profile", ORDERS, ORDERS] });
  expect(scope).toBe(`profile ${ORDERS} openid`);
});

test("claims go along, and the caller's own properties, which change none of ours", () => {
  const properties = { wam_compat: "1.0", mine: "x", claims: "theirs" };
  const shape = wamRequestShape("organizations", { ...ask, properties, claims: "{}" });
  expect(shape.properties).toEqual({ ...ENTRA, mine: "x", claims: "{}" });
});

test("the authority carries the cloud and the tenant to Entra's plugin, and nothing to the other", () => {
  const there = { authorityHost: "https://login.microsoftonline.us", tenantId: "contoso.example" };
  expect(providerAuthorityOf("organizations", there)).toBe(
    "https://login.microsoftonline.us/contoso.example",
  );
  expect(providerAuthorityOf("consumers", there)).toBe("consumers");
});
