import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { persistentTokenCache } from "@entrada/cache";
import { redisTokenCache } from "@entrada/cache/redis";
import { InteractiveBrowserCredential, type AuthenticationRecord } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { withEntra } from "@entrada/mcp";
import { entraResourceServer, entraTokenVerifier } from "@entrada/mcp/server";
import { expect, test } from "vitest";

// Who keeps a URL with a password in a variable gives it to an option that takes none.

const GUID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const PASSWORD = "correct-horse";
const WRONG = `https://ada:${PASSWORD}@login.example/ \n`;

const credential = { getToken: () => Promise.reject(new Error("not asked")) };
const verifier = { tenantId: GUID, audience: GUID };
const server = { ...verifier, resource: "https://x.example/mcp", scopes: "api://x/y" };
const redis = { client: { eval: async () => null }, name: "x", key: new Uint8Array(32) };
const record: AuthenticationRecord = {
  authority: "login.microsoftonline.com",
  homeAccountId: "a.b",
  clientId: GUID,
  tenantId: GUID,
  username: "ada",
};
const CREDENTIALS = [
  "clientId",
  "tenantId",
  "authorityHost",
  "applicationName",
  "additionallyAllowedTenants",
  "loginHint",
  "prompt",
];
const create: Readonly<Record<string, (options: object) => unknown>> = {
  browser: (options) => new InteractiveBrowserCredential(options),
  "device code": (options) => new DeviceCodeCredential(options),
  broker: (options) => new InteractiveBrowserBrokerCredential(options),
  record: (part) => new InteractiveBrowserCredential({ authenticationRecord: { ...record, ...part } }),
  cache: (options) => persistentTokenCache({ name: "x", ...options }),
  redis: (options) => redisTokenCache({ ...redis, ...options } as never),
  client: (options) => withEntra({ credential, serverUrl: "https://x.example/mcp", ...options }),
  verifier: (options) => entraTokenVerifier({ ...verifier, ...options }),
  server: (options) => entraResourceServer({ ...server, ...options }),
};

test.each([
  ...["browser", "device code", "broker"].flatMap((of) => CREDENTIALS.map((option) => [of, option])),
  ...["redirectUri", "answerBy"].map((option) => ["browser", option]),
  ...["authority", "tenantId", "clientId"].map((option) => ["record", option]),
  ...["browserFallback", "parentWindowHandle"].map((option) => ["broker", option]),
  ...["name", "protection"].map((option) => ["cache", option]),
  ...["name", "key"].map((option) => ["redis", option]),
  ...["serverUrl", "scopes", "tenantId"].map((option) => ["client", option]),
  ...["tenantId", "authorityHost", "clockToleranceInS"].map((option) => ["verifier", option]),
  ...["resource", "scopes", "authenticationContexts", "resourceName"].map((option) => ["server", option]),
] as const)("of %s: a wrong %s is refused without the password in it", (of, option) => {
  let refusal: unknown;
  try {
    create[of]?.({ [option]: option === "additionallyAllowedTenants" ? [WRONG] : WRONG });
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(TypeError);
  expect(String(refusal)).toContain(option);
  expect(String(refusal)).not.toContain(PASSWORD);
});
