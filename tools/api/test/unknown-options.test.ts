import { foreignOptions } from "@entrada/core/foreign-options";
import { describe, expect, test } from "vitest";
import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { TAKERS, refusalOf } from "./takers-of-options.ts";

const GUID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

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

describe.each(Object.entries(TAKERS))("P1: %s", (member, give) => {
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

test.each(Object.keys(TAKERS).filter((member) => !SIGN_INS.includes(member)))(
  "%s, which is no credential, is not told what a credential has instead",
  async (member) => {
    const give = TAKERS[member]!;
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
  ["persistentTokenCache", "client", 'an option of "redisTokenCache" in @entrada/cache/redis'],
  ["redisTokenCache", "protection", 'an option of "persistentTokenCache" in @entrada/cache'],
  ["redisTokenCache", "passphrase", 'of "redisTokenCache" 32 bytes'],
  ["persistentTokenCache", "tokenCachePersistenceOptions", 'Known are "name"'],
  ["persistentTokenCache", "logger", 'Known are "name"'],
  ["its browserCustomizationOptions", "successPage", 'Known are "successMessage", "errorMessage"'],
])("%s answers %s with: %s", async (member, name, hint) => {
  expect(String(await refusalOf(() => TAKERS[member]?.({ [name]: undefined })))).toContain(hint);
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
  expect(await refusalOf(() => TAKERS["getToken"]?.(passed))).toMatchObject({ name: "AbortError" });
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
      expect(await refusalOf(() => TAKERS[member]?.({ [name]: undefined, zzz: 1 }))).toMatchObject({
        message: expect.stringMatching(/^The option "zzz" is not known here\.(?! The option)/) as string,
      });
      const slip = `${name.slice(0, 2)}${name.slice(3)}`;
      const { message } = (await refusalOf(() => TAKERS[member]?.({ [slip]: 1 }))) as Error;
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
  const error = await refusalOf(() => TAKERS[member]?.({ [name]: undefined }));
  expect(error).toMatchObject({ detail: "unknown_option" });
  if (place !== undefined) expect((error as Error).message).toContain(place);
});

test("one object of options serves all credentials of a program", () => {
  const options = { userPromptCallback: () => {}, openBrowser: () => {}, useDefaultBrokerAccount: true };
  expect(new InteractiveBrowserCredential(options)).toBeInstanceOf(InteractiveBrowserCredential);
  expect(new DeviceCodeCredential(options)).toBeInstanceOf(DeviceCodeCredential);
  expect(new InteractiveBrowserBrokerCredential(options)).toBeInstanceOf(InteractiveBrowserBrokerCredential);
});
