import { describe, expect, test } from "vitest";
import { foreignOptions } from "./foreign-options-table.ts";
import { checkNames } from "./known-names.ts";
import { unknownOption } from "./unknown-option.ts";

const KNOWN = [
  "clientId",
  "tenantId",
  "redirectUri",
  "timeoutInMs",
  "requestTimeoutInMs",
  "tokenCache",
  "fetch",
];

function told(name: string, known: readonly string[] = KNOWN): string {
  return unknownOption("options", [name], known).message;
}

describe("a name that nobody knows", () => {
  test.each([
    ["redirectURI", '"redirectUri"'],
    ["redirectUrl", '"redirectUri"'],
    ["RedirectUri", '"redirectUri"'],
    ["redirect_uri", '"redirectUri"'],
    ["tenant_id", '"tenantId"'],
    ["tenant", '"tenantId"'],
    ["tenatnId", '"tenantId"'],
    ["clientID", '"clientId"'],
    ["client-id", '"clientId"'],
    ["requestTimeout", '"requestTimeoutInMs"'],
    ...["timeoutMs", "timeout_ms", "timeoutInSeconds", "timeoutSecs", "timeoutMinutes"].map((name) => [
      name,
      '"timeoutInMs"',
    ]),
    ["requestTimeoutSeconds", '"requestTimeoutInMs"'],
    ["authorityURL", '"authorityHost"'],
    ["hwnd", '"parentWindowHandle"'],
    ["authRecord", '"authenticationRecord"'],
    ["applicationId", '"clientId"'],
    ["timeout", '"timeoutInMs" of the credential and of "authenticate", in milliseconds'],
    [
      "tokenCachePersistenceOptions",
      '"tokenCache", such as "persistentTokenCache({ name })" of @entrada/cache',
    ],
    ["token_cache_persistence_options", '"tokenCache"'],
    ["TokenCachePersistenceOptions", '"tokenCache"'],
    ["cache_persistence_options", '"tokenCache"'],
    [
      "parent_window_handle",
      '"parentWindowHandle" of "InteractiveBrowserBrokerCredential" in @entrada/broker',
    ],
    ["httpClient", 'Use "fetch"'],
    ["allowInsecureConnection", 'There is none in its place: "https:" only'],
    ["user", 'Use "loginHint" of the credential'],
    ["username", 'Use "loginHint" of the credential'],
    ["interactive", 'Use "disableAutomaticAuthentication" of the credential'],
    ["appName", 'Use "applicationName" of the credential'],
    ["app_name", 'Use "applicationName" of the credential'],
    ["clientName", 'Use "applicationName" of the credential'],
    ["applicationName", "It is an option of the credential"],
    ...["IsCaeEnabled", "isCaeEnabled", "EnableCAE"].map((name) => [name, 'Use "enableCae" of "getToken"']),
    ...["cancellationToken", "CancellationToken"].map((name) => [name, 'Use "abortSignal" of "getToken"']),
    ["auth_uri_callback", 'Use "openBrowser" of "InteractiveBrowserCredential"'],
    ...[
      "console_window_handle",
      "CONSOLE_WINDOW_HANDLE",
      "WithParentActivityOrWindow",
      "setWindowHandle",
    ].map((name) => [name, 'Use "parentWindowHandle" of "InteractiveBrowserBrokerCredential"']),
    ["cacheDirectory", 'Use "directory" of "persistentTokenCache" in @entrada/cache'],
    ["tokenCacheName", 'Use "name" of "persistentTokenCache" in @entrada/cache'],
    ...["KeychainService", "WithMacKeyChain", "keyring_label"].map((name) => [
      name,
      'There is none in its place: "persistentTokenCache({ name })" of @entrada/cache names its entry',
    ]),
    ...["persistentCache", "msalCachePlugin", "enablePersistentCache"].map((name) => [
      name,
      'Use "tokenCache", such as "persistentTokenCache({ name })"',
    ]),
    ["browserTimeout", 'Use "timeoutInMs"'],
    ["browserTimeoutInSeconds", 'Use "timeoutInMs"'],
    ["deviceCodeProvider", 'Use "userPromptCallback" of "DeviceCodeCredential"'],
    ["cp1", 'Use "enableCae: true" of "getToken"'],
    ["WithCustomWebUi", 'Use "openBrowser" of "InteractiveBrowserCredential"'],
    ["InteractiveBrowserTenantId", 'Use "tenantId"'],
    ["exclude_cli_credential", "There is none in its place: only people sign in"],
    ["WithTenantId", '"tenantId"'],
    ["WithBroker", '"InteractiveBrowserBrokerCredential" of @entrada/broker'],
    ["WithCacheOptions", '"tokenCache"'],
    ["DisableAuthorityValidationAndInstanceDiscovery", '"disableInstanceDiscovery"'],
    ["isAuthorityValidationEnabled", '"disableInstanceDiscovery"'],
    ["RedirectURL", '"redirectUri"'],
    ["deviceCodeConsumer", '"userPromptCallback" of "DeviceCodeCredential"'],
    ["parentRequestId", "There is none in its place"],
    ["ProofOfPossessionNonce", "There is none in its place: bearer tokens only"],
    ["Diagnostics", '"onEvent"'],
    ["ExcludeInteractiveBrowserCredential", '"signIn" of "AutoCredential" in @entrada/auto'],
    ...["passphrase", "keyFile", "key_file", "encryptionKey"].map((name) => [
      name,
      "'key: { file: \"...\" }'",
    ]),
    ...["unencrypted", "unencryptedCache"].map((name) => [name, 'protection: "prefer"']),
    ...["cache_location", "folder"].map((name) => [name, 'Use "directory" of "persistentTokenCache"']),
    ...["WithMultiCloudSupport", "instanceAware", "azureEnvironment"].map((name) => [
      name,
      '"authorityHost"',
    ]),
    [
      "enableLegacyMsaPassthrough",
      'Use "legacyEnableMsaPassthrough" of "InteractiveBrowserBrokerCredential"',
    ],
    ["CredentialProcessTimeout", "There is none in its place: only people sign in"],
    ["InsecureAllowCredentialWithHTTP", 'There is none in its place: "https:" only'],
    ["TracingProvider", 'Use "tracedCredential" of @entrada/core/tracing'],
    ["redirectPort", 'Use "redirectUri" with a port'],
    ["httpsProxy", 'Use "HTTPS_PROXY" and "NO_PROXY" in the environment'],
    ["caFile", 'Use "NODE_EXTRA_CA_CERTS" in the environment'],
    ["homeAccountId", 'Use "authenticationRecord" of the credential'],
    ["onPrompt", 'Use "onEvent", which is told of each "prompt"'],
    ["noBrowser", 'Use "openBrowser" of "InteractiveBrowserCredential"'],
    ["enable_broker", 'Use "InteractiveBrowserBrokerCredential" of @entrada/broker'],
    ["userPromptCallback", 'It is an option of "DeviceCodeCredential" in @entrada/device-code'],
  ])("%s is answered with %s", (name, meant) => {
    expect(told(name)).toContain(`The option "${name}" is not known here.`);
    expect(told(name)).toContain(meant);
  });

  test("is answered with what is known where it stands, before what others would write", () => {
    expect(told("timeout", ["name", "lockTimeoutInMs"])).toContain('Perhaps "lockTimeoutInMs" is meant.');
    expect(told("zzz", ["successMessage", "errorMessage"])).toContain(
      'Known are "successMessage", "errorMessage".',
    );
    expect(told("zzz", [])).toContain("There are none.");
    expect(told("zzz")).toContain("Known are");
    expect(told("zzz", [...KNOWN, "a1", "a2", "a3"])).toBe('The option "zzz" is not known here.');
  });

  test("that is our own in another place is told with that place, too", () => {
    expect(told("prompt", ["forcePrompt", "timeoutInMs"])).toContain(
      'Perhaps "forcePrompt" is meant; "prompt" is an option of the credential.',
    );
    expect(told("name", ["applicationName"])).toContain(
      'Perhaps "applicationName" is meant; "name" is an option of the token cache.',
    );
  });

  test("has a code, a detail and the hint by itself", () => {
    expect(unknownOption("pages", ["success", "zzz"], ["successMessage"])).toMatchObject({
      name: "TypeError",
      code: "ERR_INVALID_ARG_VALUE",
      detail: "unknown_option",
      message: expect.stringContaining('The option "pages.success" is not known here.'),
      hint: 'Perhaps "successMessage" is meant. Known are "successMessage"',
    });
  });

  test("is shown on one line, and not longer than it need be", () => {
    const message = told(`a\u001b[31m\r\n${"x".repeat(10_000)}`);
    expect(message).not.toMatch(/[\u0000-\u001f]/);
    expect(message.length).toBeLessThan(400);
    const many = Array.from({ length: 100 }, (_, at) => `name-${at}-${"x".repeat(100)}`);
    expect(unknownOption("options", many, KNOWN).message.length).toBeLessThan(2000);
  });
});

describe("an object of options", () => {
  const known = { clientId: true, constructor: true } as const;
  const check = (value: object) => (): void => checkNames("options", value as never, known as never);

  test("may be made by a class, or from another object", () => {
    class Options {
      clientId = "x";
      get own(): string {
        return this.clientId;
      }
      describe(): void {}
    }
    expect(check(new Options())).not.toThrow();
    expect(check(Object.create({ clientId: "x" }))).not.toThrow();
    expect(check(Object.assign(Object.create(null), { clientId: "x" }))).not.toThrow();
    expect(check({ [Symbol("own")]: 1 })).not.toThrow();
  });

  test.each([
    [{ clientID: "x" }, "clientID"],
    [{ clientID: undefined }, "clientID"],
    [Object.create({ clientID: "x" }) as object, "clientID"],
    [JSON.parse('{"__proto__": 1}') as object, "__proto__"],
    [{ toString: 1 }, "toString"],
    [{ hasOwnProperty: 1 }, "hasOwnProperty"],
  ])("is refused with %o", (value, name) => {
    expect(check(value)).toThrow(TypeError);
    expect(check(value)).toThrow(`"${name}"`);
  });

  test.each([5, "x", null, undefined, []])("is not %o", (value) => {
    expect(check(value as never)).toThrow('The option "options" must be an object');
  });
});

test("the table of other libraries' options is whole: each name once in a library, and something said of it", () => {
  for (const { of, rows } of foreignOptions()) {
    const names = rows.flatMap((row) => row.names);
    expect([of, names.filter((name, at) => !/^\w+$/.test(name) || names.indexOf(name) !== at)]).toEqual([
      of,
      [],
    ]);
    for (const { instead } of rows) {
      expect(instead).toMatch(/^\S.*[^\s.]$/);
      expect(instead.split("'").length % 2, instead).toBe(1); // code is closed
    }
  }
  expect(foreignOptions().map(({ of }) => of)).toEqual([
    "@azure/identity",
    "MSAL",
    "Python",
    ".NET, Java and Go",
    "another part of Entrada",
  ]);
});
