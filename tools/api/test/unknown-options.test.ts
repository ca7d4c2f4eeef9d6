import {
  InteractiveBrowserBrokerCredential,
  WamBrokerPlugin,
  createNativeBrokerPlugin,
} from "@entrada/broker";
import { msalRuntimeTransport } from "@entrada/broker/msal-runtime";
import { persistentTokenCache, readMsalCache } from "@entrada/cache";
import { redisTokenCache } from "@entrada/cache/redis";
import { InteractiveBrowserCredential, browserAvailability, memoryTokenCache } from "@entrada/core";
import { resolveSettings } from "@entrada/core/credential";
import { foreignOptions } from "@entrada/core/foreign-options";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator } from "@entrada/emulator";
import { withEntra } from "@entrada/mcp";
import { entraResourceServer, entraTokenVerifier } from "@entrada/mcp/server";
import { describe, expect, test } from "vitest";

const GUID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const SCOPE = "https://management.azure.com/.default";
const credential = new InteractiveBrowserCredential({ disableAutomaticAuthentication: true });
const redis = { client: { eval: async () => null }, name: "x", key: new Uint8Array(32) };
const verifier = { tenantId: GUID, audience: GUID };

/** Whatever takes options: each is given them with what it cannot do without. */
const MEMBERS: Readonly<Record<string, (options: object) => unknown>> = {
  InteractiveBrowserCredential: (options) => new InteractiveBrowserCredential(options),
  "its browserCustomizationOptions": (pages) =>
    new InteractiveBrowserCredential({ browserCustomizationOptions: pages }),
  DeviceCodeCredential: (options) => new DeviceCodeCredential(options),
  InteractiveBrowserBrokerCredential: (options) => new InteractiveBrowserBrokerCredential(options),
  "the broker's browserCustomizationOptions": (pages) =>
    new InteractiveBrowserBrokerCredential({ browserCustomizationOptions: pages }),
  resolveSettings: (options) => resolveSettings(options),
  getToken: (options) => credential.getToken(SCOPE, options),
  authenticate: (options) => credential.authenticate(SCOPE, options),
  browserAvailability: (options) => browserAvailability(options),
  memoryTokenCache: (options) => memoryTokenCache(...([options] as unknown as [])),
  persistentTokenCache: (options) => persistentTokenCache({ name: "x", ...options }),
  redisTokenCache: (options) => redisTokenCache({ ...redis, ...options } as never),
  readMsalCache: (options) => readMsalCache(options),
  WamBrokerPlugin: (options) => new WamBrokerPlugin(options),
  createNativeBrokerPlugin: (options) => createNativeBrokerPlugin(options),
  msalRuntimeTransport: (options) => msalRuntimeTransport(...([options] as unknown as [])),
  startEmulator: (options) => startEmulator(options),
  withEntra: (options) => withEntra({ credential, serverUrl: "https://x.example/mcp", ...options }),
  entraTokenVerifier: (options) => entraTokenVerifier({ ...verifier, ...options }),
  entraResourceServer: (options) =>
    entraResourceServer({ ...verifier, resource: "https://x.example/mcp", scopes: "a", ...options }),
};

/** Names of other libraries that some members know as well. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  InteractiveBrowserBrokerCredential: ["transport"],
  WamBrokerPlugin: ["clientCapabilities", "transport"],
  createNativeBrokerPlugin: ["clientCapabilities", "transport"],
  // What clients of the Azure SDK hand on.
  getToken: ["logger", "scopes"],
  authenticate: ["logger", "scopes"],
  browserAvailability: ["keyring"],
  startEmulator: ["port"],
  withEntra: ["scopes"],
  entraTokenVerifier: ["audience"],
  entraResourceServer: ["audience", "scopes", "resource"],
};

const FOREIGN = foreignOptions()
  .slice(0, -1) // the last are Entrada's own
  .flatMap(({ rows }) => rows.flatMap(({ names }) => names));
const SLIPS = [
  "redirectURI",
  "tenant",
  "clientid",
  "client-id",
  "a",
  "__foo__",
  "toString",
  "x".repeat(5000),
];

/** Those who sign in; all others have nothing of what a credential takes. */
const SIGN_INS = [
  "InteractiveBrowserCredential",
  "DeviceCodeCredential",
  "InteractiveBrowserBrokerCredential",
  "resolveSettings",
  "getToken",
  "authenticate",
];

async function refusalOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each(Object.entries(MEMBERS))("P1: %s", (member, give) => {
  test("refuses every name that it does not know, before anything is done", async () => {
    const names = new Set([...FOREIGN, ...SLIPS]);
    for (const name of KNOWN[member] ?? []) names.delete(name);
    for (const name of names) {
      const error = await refusalOf(() => give({ [name]: undefined }));
      expect([name, error]).toEqual([name, expect.any(TypeError)]);
      expect(error).toMatchObject({ code: "ERR_INVALID_ARG_VALUE", detail: "unknown_option" });
      expect((error as Error).message).toContain(name.slice(0, 60));
    }
  });
});

test.each(Object.keys(MEMBERS).filter((member) => !SIGN_INS.includes(member)))(
  "%s, which is no credential, is not told what a credential has instead",
  async (member) => {
    const give = MEMBERS[member]!;
    for (const name of FOREIGN) {
      const error = await refusalOf(() => give({ [name]: undefined }));
      if (!(error instanceof TypeError)) continue; // it knows the name
      const { hint = "" } = error as { hint?: string };
      // "Use" names an option: it has to be one of those that are taken here.
      const [, used] = /^Use "(\w+)/.exec(hint) ?? [];
      const isTaken =
        used === undefined || !String(await refusalOf(() => give({ [used]: 1 }))).includes("not known");
      expect([name, hint, isTaken]).toEqual([name, hint, true]);
      expect([name, hint]).toEqual([name, expect.not.stringMatching(/none in its place|first argument/)]);
    }
  },
);

test.each([
  ["entraTokenVerifier", "scopes", 'It is an option of "entraResourceServer" in @entrada/mcp'],
  ["entraTokenVerifier", "resource", 'It is an option of "entraResourceServer" in @entrada/mcp'],
  ["entraTokenVerifier", "clientId", 'of a server, "audience" has the application id'],
  ["entraTokenVerifier", "clientSecret", 'Known are "tenantId", "audience"'],
  ["withEntra", "audience", 'It is an option of "entraTokenVerifier" in @entrada/mcp'],
  ["redisTokenCache", "password", 'Known are "client", "name", "key"'],
  ["persistentTokenCache", "password", 'Known are "name"'],
  ["persistentTokenCache", "tokenCachePersistenceOptions", 'Known are "name"'],
  ["persistentTokenCache", "logger", 'Known are "name"'],
  ["its browserCustomizationOptions", "successPage", 'Known are "successMessage", "errorMessage"'],
])("%s answers %s with: %s", async (member, name, hint) => {
  expect(String(await refusalOf(() => MEMBERS[member]?.({ [name]: undefined })))).toContain(hint);
});

test("a member of getToken's options that clients of the Azure SDK pass is accepted", async () => {
  const passed = {
    abortSignal: AbortSignal.abort(),
    requestOptions: { timeout: 1 },
    tracingOptions: { tracingContext: {} },
    claims: "{}",
    enableCae: true,
    tenantId: GUID,
    serializerOptions: {},
    onResponse: () => {},
    proofOfPossessionOptions: undefined,
  };
  expect(await refusalOf(() => credential.getToken(SCOPE, passed))).toMatchObject({ name: "AbortError" });
});

test.each(["getToken", "authenticate"])(
  "%s suggests nothing that it takes and makes nothing of",
  async (member) => {
    const passedOn = [
      "serializerOptions",
      "onResponse",
      "scopes",
      "request",
      "response",
      "getAccessToken",
      "logger",
      "service",
    ];
    for (const name of passedOn) {
      expect(await refusalOf(() => MEMBERS[member]?.({ [name]: undefined, zzz: 1 }))).toMatchObject({
        message: expect.stringMatching(/^The option "zzz" is not known here\.(?! The option)/) as string,
      });
      const slip = `${name.slice(0, 2)}${name.slice(3)}`;
      const { message } = (await refusalOf(() => MEMBERS[member]?.({ [slip]: 1 }))) as Error;
      expect(message).not.toContain(`"${name}"`);
    }
  },
);

test.each([
  ["userPromptCallback", "getToken", "DeviceCodeCredential"],
  ["onEvent", "getToken", "the credential"],
  ["forcePrompt", "getToken", '"authenticate"'],
  ["tokenCache", "startEmulator", undefined],
] as const)("%s given to %s is answered with its place: %s", async (name, member, place) => {
  const error = await refusalOf(() => MEMBERS[member]?.({ [name]: undefined }));
  expect(error).toMatchObject({ detail: "unknown_option" });
  if (place !== undefined) expect((error as Error).message).toContain(place);
});

test("one object of options serves all credentials of a program", () => {
  const options = { userPromptCallback: () => {}, openBrowser: () => {}, useDefaultBrokerAccount: true };
  expect(new InteractiveBrowserCredential(options)).toBeInstanceOf(InteractiveBrowserCredential);
  expect(new DeviceCodeCredential(options)).toBeInstanceOf(DeviceCodeCredential);
  expect(new InteractiveBrowserBrokerCredential(options)).toBeInstanceOf(InteractiveBrowserBrokerCredential);
});
