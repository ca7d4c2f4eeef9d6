import { describe, expect, test } from "vitest";
import {
  AzureAuthorityHosts,
  InteractiveBrowserCredential,
  type InteractiveBrowserCredentialOptions,
} from "../src/index.ts";

const record = {
  authority: "login.microsoftonline.com",
  homeAccountId: "a.b",
  clientId: "c",
  tenantId: "t.example",
  username: "u",
};

const WRONG: readonly [option: string, value: unknown][] = [
  ["clientId", null],
  ["tenantId", null],
  ["authorityHost", null],
  ["additionallyAllowedTenants", null],
  ["disableInstanceDiscovery", null],
  ["authenticationRecord", null],
  ["disableAutomaticAuthentication", null],
  ["tokenCache", null],
  ["fetch", null],
  ["requestTimeoutInMs", null],
  ["onEvent", null],
  ["timeoutInMs", null],
  ["loginHint", null],
  ["prompt", null],
  ["promptCooldownInMs", null],
  ["redirectUri", null],
  ["openBrowser", null],
  ["browserCustomizationOptions", null],
  ["clientId", ""],
  ["clientId", 7],
  ["clientId", "a b"],
  ["clientId", "a\r\nb"],
  ["tenantId", "../x"],
  ["tenantId", "a/b"],
  ["tenantId", "a\r\nb"],
  ["tenantId", "."],
  ["tenantId", ".."],
  ["tenantId", ""],
  ["tenantId", "x".repeat(5000)],
  ["tenantId", "(a+)+$"],
  ["tenantId", {}],
  ["authorityHost", "http://login.microsoftonline.com"],
  ["authorityHost", "https://user:pass@login.microsoftonline.com"],
  ["authorityHost", "https://login.microsoftonline.com/?a=b"],
  ["authorityHost", "https://login.microsoftonline.com/#a"],
  ["authorityHost", "not a url"],
  ["authorityHost", "file:///etc/hosts"],
  ["additionallyAllowedTenants", "*"],
  ["additionallyAllowedTenants", ["a/b"]],
  ["additionallyAllowedTenants", [7]],
  ["disableInstanceDiscovery", "yes"],
  ["disableAutomaticAuthentication", 1],
  ["authenticationRecord", []],
  ["authenticationRecord", {}],
  ["authenticationRecord", { ...record, username: 7 }],
  ["tokenCache", {}],
  ["tokenCache", { read() {}, write() {}, clear() {} }],
  ["fetch", "fetch"],
  ["requestTimeoutInMs", 0],
  ["requestTimeoutInMs", -1],
  ["requestTimeoutInMs", NaN],
  ["requestTimeoutInMs", Infinity],
  ["requestTimeoutInMs", "30"],
  ["onEvent", {}],
  ["timeoutInMs", 0],
  ["timeoutInMs", 2 ** 31],
  ["timeoutInMs", "5m"],
  ["loginHint", ""],
  ["loginHint", "a\nb"],
  ["prompt", "select"],
  ["promptCooldownInMs", -1],
  ["redirectUri", "https://localhost"],
  ["redirectUri", "http://example.com"],
  ["redirectUri", "http://localhost:0x50"],
  ["redirectUri", "http://localhost/?a=b"],
  ["redirectUri", "http://user@localhost"],
  ["redirectUri", 7],
  ["openBrowser", "firefox"],
  ["browserCustomizationOptions", "page"],
  ["browserCustomizationOptions.successMessage", { browserCustomizationOptions: { successMessage: 7 } }],
];

describe("a wrong option is a TypeError that names it, from the constructor", () => {
  test.each(WRONG)("%s: %j", (option, value) => {
    const options = option.includes(".") ? (value as object) : { [option]: value };
    expect(
      () => new InteractiveBrowserCredential(options as InteractiveBrowserCredentialOptions),
    ).toThrowError(
      expect.objectContaining({
        name: "TypeError",
        code: expect.stringMatching(/^ERR_INVALID_ARG_(VALUE|TYPE)$/) as string,
        message: expect.stringContaining(option) as string,
      }),
    );
  });

  test.each([null, 7, "x", []])("options that are none: %j", (options) => {
    expect(
      () => new InteractiveBrowserCredential(options as InteractiveBrowserCredentialOptions),
    ).toThrowError(TypeError);
  });
});

test.each([
  {},
  { tenantId: "common" },
  { tenantId: "contoso.onmicrosoft.com", additionallyAllowedTenants: ["*"] },
  { authorityHost: AzureAuthorityHosts.AzureGovernment },
  { authorityHost: "https://login.microsoftonline.com/" },
  { authorityHost: "https://localhost:8443" },
  { redirectUri: "http://localhost" },
  { redirectUri: "http://localhost:8080/callback" },
  { redirectUri: "http://127.0.0.1:8080" },
  { authenticationRecord: { ...record, clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46" } },
  { promptCooldownInMs: 0 },
])("%j is accepted, without any I/O", (options) => {
  expect(new InteractiveBrowserCredential(options as InteractiveBrowserCredentialOptions)).toBeInstanceOf(
    InteractiveBrowserCredential,
  );
});

test("nothing of a credential shows in inspect or JSON", async () => {
  const { inspect } = await import("node:util");
  const credential = new InteractiveBrowserCredential({ loginHint: "ada@contoso.example" });
  expect(inspect(credential, { depth: 9, showHidden: true }) + JSON.stringify(credential)).not.toContain(
    "ada",
  );
});

test("an authority host of the environment that cannot be used is told by the name of its variable", () => {
  const before = process.env["AZURE_AUTHORITY_HOST"];
  process.env["AZURE_AUTHORITY_HOST"] = "login.microsoftonline.us";
  try {
    expect(() => new InteractiveBrowserCredential()).toThrow(
      /AZURE_AUTHORITY_HOST.*"login\.microsoftonline\.us"/,
    );
    expect(() => new InteractiveBrowserCredential({ authorityHost: "https://login.test" })).not.toThrow();
  } finally {
    if (before === undefined) delete process.env["AZURE_AUTHORITY_HOST"];
    else process.env["AZURE_AUTHORITY_HOST"] = before;
  }
});
