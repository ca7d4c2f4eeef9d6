import { describe, expect, it } from "vitest";
import { explainAadsts, knownAadsts } from "../aadsts.ts";
import { AzureAuthorityHosts } from "../authority/authority-hosts.ts";
import { otherClouds } from "../authority/other-clouds.ts";
import { MEANINGS } from "./aadsts-meanings.ts";
import { knownNumbers, remedyFor } from "./aadsts-remedies.ts";

const CONTEXT = {
  clientId: "app-1",
  tenantId: "contoso.test",
  scopes: ["api://x/read"],
  redirectUri: "http://localhost:8400/sign-in",
};
const EMPTY = { clientId: "app-1", tenantId: "organizations", scopes: [] };

describe("every remedy", () => {
  it.each(knownNumbers())("AADSTS%i is one plain sentence that says what to do", (number) => {
    for (const context of [CONTEXT, EMPTY]) {
      const text = remedyFor(number)?.text(context) ?? "";
      expect(text).toMatch(/^[A-Z]/);
      expect(text).not.toMatch(/[.!\s]$|undefined|aka\.ms|\s{2}|\n/);
      expect(text.length).toBeGreaterThan(15);
      expect(text.length).toBeLessThan(320);
    }
  });
});

describe("a tenant of another cloud", () => {
  const { AzurePublicCloud, AzureGovernment, AzureChina } = AzureAuthorityHosts;
  it.each([
    [AzurePublicCloud, "AzureGovernment or AzureAuthorityHosts.AzureChina"],
    ["https://login.windows.net", "AzureGovernment or AzureAuthorityHosts.AzureChina"],
    [AzureGovernment, "AzurePublicCloud or AzureAuthorityHosts.AzureChina"],
    [AzureChina, "AzurePublicCloud or AzureAuthorityHosts.AzureGovernment"],
    ["https://login.partner.microsoftonline.cn", "AzurePublicCloud or AzureAuthorityHosts.AzureGovernment"],
  ])("is not in the one that was asked: %s", (authorityHost, others) => {
    for (const number of [900439, 900432, 900382, 90051, 1000104]) {
      const text = remedyFor(number)?.text({ ...CONTEXT, otherClouds: otherClouds(authorityHost) });
      expect(text).toBe(
        `Set authorityHost to the cloud of the tenant contoso.test, such as AzureAuthorityHosts.${others}`,
      );
    }
  });

  it("may be in any, where a private cloud was asked", () => {
    expect(otherClouds("https://login.private.test")).toHaveLength(3);
  });
});

describe("P16: every number", () => {
  it.each(knownAadsts())("AADSTS%i can be looked up: what happened, in one plain sentence", (number) => {
    const { what } = explainAadsts(number, CONTEXT)!;
    expect(what).toMatch(/^[A-Z]/);
    expect(what).not.toMatch(/[.!\s]$|\s{2}|\n/);
    expect(what.length).toBeLessThan(120);
  });

  it("that is explained has a remedy, and the 80 that people meet most are among them", () => {
    expect([...MEANINGS.keys()].filter((number) => remedyFor(number) === undefined)).toEqual([]);
    expect(knownAadsts().length).toBeGreaterThan(130);
    expect(explainAadsts(1, CONTEXT)).toBeUndefined();
  });
});

it.each([
  [900439, "to the cloud of the tenant contoso.test, one of AzureAuthorityHosts"],
  [900382, "authorityHost"],
  [900432, "contoso.test"],
  [90051, "authorityHost"],
  [1000104, "authorityHost"],
  [900021, "empty GUID"],
  [900023, "contoso.test"],
  [5000225, "restore the tenant contoso.test"],
  [5000224, "blocked or gone"],
  [500200, "guest"],
  [70017, "declined"],
  [9002331, "consumers"],
  [7000218, "Allow public client flows"],
  [50011, "http://localhost:8400/sign-in"],
  [65001, "api://x/read"],
  [90094, "administrator"],
  [90002, "contoso.test"],
  [50020, "contoso.test"],
  [50034, "contoso.test"],
  [50076, "multifactor"],
  [50079, "multifactor"],
  [70011, "api://x/read"],
  [650053, "api://x/read"],
  [500011, "api://x/read"],
  [700016, "app-1"],
  [50173, "Sign in again"],
  [700082, "Sign in again"],
  [70008, "Sign in again"],
  [50058, "Sign in again"],
  [50105, "assign"],
  [90072, "guest"],
  [165000, "new browser window"],
  [53000, "@entrada/broker"],
  [530003, "@entrada/broker"],
  [530036, "browser instead of a device code"],
])("AADSTS%i names %o", (number, part) => {
  expect(remedyFor(number)?.text(CONTEXT)).toContain(part);
});

it.each([53000, 53001, 53002, 53003, 53004, 53011, 530003, 530032, 530035, 530036])(
  "AADSTS%i is a policy's refusal",
  (number) => {
    expect(remedyFor(number)?.conditionalAccess).toBe(true);
  },
);

it.each([undefined, 0, 1, 50173.5, 7000218000])("%o has none", (number) => {
  expect(remedyFor(number)).toBeUndefined();
});
