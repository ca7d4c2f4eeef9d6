import { describe, expect, it } from "vitest";
import { externalIdTenantOf } from "./external-id.ts";
import { externalIdIssuerTenant } from "./external-id-issuer.ts";

const ID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

describe("P14: the tenant of External ID", () => {
  it.each([
    ["contoso.ciamlogin.com", "contoso.onmicrosoft.com"],
    [`${ID}.ciamlogin.com`, ID],
    [".ciamlogin.com", undefined],
    ["ciamlogin.com", undefined],
    ["x.contoso.ciamlogin.com", undefined],
    ["contoso.ciamlogin.com:8443", undefined],
    ["contoso.ciamlogin.com.test", undefined],
    ["login.contoso.test", undefined],
  ])("of the host %s is %s", (host, tenant) => {
    expect(externalIdTenantOf(`https://${host}`)).toBe(tenant);
  });

  it.each([
    [`https://${ID}.ciamlogin.com/${ID}/v2.0`, ID],
    [`https://${ID.toUpperCase()}.ciamlogin.com/${ID.toUpperCase()}/v2.0`, ID],
    ["https://contoso.ciamlogin.com/contoso/v2.0", undefined],
    [`https://${ID}.ciamlogin.com/${ID}`, undefined],
    [`http://${ID}.ciamlogin.com/${ID}/v2.0`, undefined],
    ["", undefined],
  ])("that the issuer %s names is %s", (issuer, tenant) => {
    expect(externalIdIssuerTenant(issuer)).toBe(tenant);
  });
});
