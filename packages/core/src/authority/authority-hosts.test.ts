import { describe, expect, it } from "vitest";
import { AzureAuthorityHosts, canonicalAuthorityHost, cloudOf } from "./authority-hosts.ts";
import { otherClouds } from "./other-clouds.ts";
import { defaultScopeOf } from "./default-scope.ts";

it("the hosts have the names that other Azure libraries use", () => {
  expect(AzureAuthorityHosts).toEqual({
    AzurePublicCloud: "https://login.microsoftonline.com",
    AzureGovernment: "https://login.microsoftonline.us",
    AzureChina: "https://login.chinacloudapi.cn",
  });
});

describe("A35: the clouds", () => {
  it.each([
    ["login.microsoftonline.com", "login.microsoftonline.com", "management.azure.com"],
    ["login.windows.net", "login.microsoftonline.com", "management.azure.com"],
    ["login.microsoft.com", "login.microsoftonline.com", "management.azure.com"],
    ["sts.windows.net", "login.microsoftonline.com", "management.azure.com"],
    ["LOGIN.MicrosoftOnline.com", "login.microsoftonline.com", "management.azure.com"],
    ["login.microsoftonline.us", "login.microsoftonline.us", "management.usgovcloudapi.net"],
    ["login.usgovcloudapi.net", "login.microsoftonline.us", "management.usgovcloudapi.net"],
    ["login.chinacloudapi.cn", "login.chinacloudapi.cn", "management.chinacloudapi.cn"],
    ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "management.chinacloudapi.cn"],
    ["login.sovcloud-identity.fr", "login.sovcloud-identity.fr", "management.sovcloud-api.fr"],
    ["login.sovcloud-identity.de", "login.sovcloud-identity.de", "management.sovcloud-api.de"],
    ["login.sovcloud-identity.sg", "login.sovcloud-identity.sg", "management.sovcloud-api.sg"],
  ])("%s is %s, with the resources of %s", (host, canonical, arm) => {
    expect(canonicalAuthorityHost(`https://${host}`)).toBe(`https://${canonical}`);
    expect(defaultScopeOf({ authorityHost: `https://${host}/`, tenantId: "organizations" })).toBe(
      `https://${arm}/.default`,
    );
    expect(cloudOf(`https://${host}`)?.host).toBe(canonical);
  });

  it.each([
    ["login.microsoftonline.com", "login.microsoftonline.com"],
    ["login.microsoftonline.us", "login.microsoftonline.us"],
    ["login.chinacloudapi.cn", "login.partner.microsoftonline.cn"],
    ["login.sovcloud-identity.fr", "login.sovcloud-identity.fr"],
    ["login.sovcloud-identity.de", "login.sovcloud-identity.de"],
    ["login.sovcloud-identity.sg", "login.sovcloud-identity.sg"],
  ])("%s answers in the name of %s", (host, issuer) => {
    expect(cloudOf(`https://${host}`)?.issuerHost).toBe(issuer);
  });

  it.each([
    "login.microsoftonline.com:8443",
    "login.microsoftonline.com.contoso.test",
    "xlogin.microsoftonline.com",
    "microsoftonline.com",
    "login.contoso.test",
    "127.0.0.1:4443",
  ])("%s is none of them", (host) => {
    expect(cloudOf(`https://${host}`)).toBeUndefined();
    expect(canonicalAuthorityHost(`https://${host}/`)).toBe(`https://${host}`);
    const authority = { authorityHost: `https://${host}`, tenantId: "organizations" };
    expect(defaultScopeOf(authority)).toBe("https://management.azure.com/.default");
  });
});

describe("P14: where no subscription can be, a sign-in that names nothing is for nothing but itself", () => {
  it.each([
    ["https://woodgrove.ciamlogin.com", "organizations"],
    ["https://11111111-1111-4111-8111-111111111111.ciamlogin.com", "11111111-1111-4111-8111-111111111111"],
    ["https://fs.corp.example", "adfs"],
  ])("%s, tenant %s", (authorityHost, tenantId) => {
    expect(defaultScopeOf({ authorityHost, tenantId })).toBe("openid");
  });
});

describe("the clouds that a tenant may be in which the asked one does not know", () => {
  const PUBLIC = "AzureAuthorityHosts.AzurePublicCloud";
  const GOVERNMENT = "AzureAuthorityHosts.AzureGovernment";
  const CHINA = "AzureAuthorityHosts.AzureChina";
  it.each([
    ["login.microsoftonline.com", [GOVERNMENT, CHINA]],
    ["login.usgovcloudapi.net", [PUBLIC, CHINA]],
    ["login.chinacloudapi.cn", [PUBLIC, GOVERNMENT]],
    ["login.sovcloud-identity.fr", [PUBLIC, GOVERNMENT, CHINA]],
    ["login.contoso.test", [PUBLIC, GOVERNMENT, CHINA]],
  ])("after %s are %o, as a caller writes them", (host, others) => {
    expect(otherClouds(`https://${host}`)).toEqual(others);
  });
});
