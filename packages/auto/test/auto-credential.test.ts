import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { memoryTokenCache } from "@entrada/core";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { AutoCredential, type AutoCredentialOptions } from "../src/index.ts";

const ARM = "https://management.azure.com/.default";
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
});
afterAll(() => emulator[Symbol.asyncDispose]());
afterEach(() => {
  vi.unstubAllEnvs();
});

const NOT_CI = [
  "CI",
  "GITHUB_ACTIONS",
  "TF_BUILD",
  "GITLAB_CI",
  "JENKINS_URL",
  "TEAMCITY_VERSION",
  "ENTRADA_SIGN_IN",
];

function create(options: AutoCredentialOptions = {}): { credential: AutoCredential; flows: string[] } {
  const flows: string[] = [];
  const credential = new AutoCredential({
    authorityHost: emulator.authorityHost,
    tenantId: emulator.defaults.tenantId,
    fetch: emulator.fetch,
    onEvent: (event) => void (event.type === "prompt" && flows.push(event.flow)),
    ...options,
  });
  return { credential, flows };
}

function somewhere(env: Readonly<Record<string, string>>): void {
  for (const name of NOT_CI) vi.stubEnv(name, "");
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}

describe.runIf(process.platform === "linux")("the credential", () => {
  test("asks in the browser where that can be shown, once for all calls", async () => {
    somewhere({});
    await using local = create({ openBrowser: emulator.person.openBrowser }).credential;
    const { credential, flows } = create({ openBrowser: emulator.person.openBrowser });
    const [one, two] = await Promise.all([credential.getToken(ARM), credential.getToken(ARM)]);
    expect(one.token).toBe(two.token);
    expect(flows).toEqual(["browser"]);
    expect((await credential.accounts()).map(({ username }) => username)).toEqual([
      emulator.defaults.account.username,
    ]);
    expect(await local.accounts()).toEqual([]);
    await credential.signOut();
    expect(await credential.accounts()).toEqual([]);
    await credential[Symbol.asyncDispose]();
  });

  test("shows a code over SSH where that is allowed", async () => {
    somewhere({ SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22", BROWSER: "" });
    const { credential, flows } = create({
      userPromptCallback: (info) => emulator.person.answerDeviceCode(info),
    });
    const record = await credential.authenticate(ARM);
    expect(record.username).toBe(emulator.defaults.account.username);
    expect(flows).toEqual(["device-code"]);
    await credential[Symbol.asyncDispose]();
  });

  test("shows a code whatever is set for a browser, which a code does not need", async () => {
    somewhere({});
    const { credential, flows } = create({
      signIn: ["device-code"],
      answerBy: "loopback",
      openBrowser: emulator.person.openBrowser,
      redirectUri: "http://localhost:8400",
      browserCustomizationOptions: { successMessage: "Done" },
      userPromptCallback: (info) => emulator.person.answerDeviceCode(info),
    });
    expect((await credential.authenticate(ARM)).username).toBe(emulator.defaults.account.username);
    expect(flows).toEqual(["device-code"]);
    await credential[Symbol.asyncDispose]();
  });

  test("asks nobody where no way is left, and says why of each", async () => {
    somewhere({ SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22", BROWSER: "" });
    const { credential, flows } = create();
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      name: "CredentialUnavailableError",
      code: "unsupported",
      detail: "nobody_can_be_asked",
      message: expect.stringMatching(/broker: [a-z_]+, browser: ssh, device-code: not_allowed/) as string,
    });
    expect(flows).toEqual([]);
  });

  test("asks nobody in CI, but takes what is stored", async () => {
    somewhere({});
    const tokenCache = memoryTokenCache();
    const first = create({ tokenCache, openBrowser: emulator.person.openBrowser });
    const authenticationRecord = await first.credential.authenticate(ARM);
    vi.stubEnv("CI", "true");
    const { credential, flows } = create({ tokenCache, authenticationRecord });
    expect((await credential.getToken(ARM)).token).toBeTypeOf("string");
    await credential.signOut();
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      name: "CredentialUnavailableError",
      message: expect.stringContaining("browser: ci") as string,
    });
    await expect(credential.authenticate(ARM, { forcePrompt: true })).rejects.toMatchObject({
      name: "CredentialUnavailableError",
    });
    expect(flows).toEqual([]);
  });

  test("does not ask in another way whoever has said no", async () => {
    somewhere({});
    emulator.person.script({ action: "decline" });
    const { credential, flows } = create({
      openBrowser: emulator.person.openBrowser,
      userPromptCallback: (info) => emulator.person.answerDeviceCode(info),
    });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: "access_denied" });
    expect(flows).toEqual(["browser"]);
  });
});

test("an option that is wrong is refused by the constructor", () => {
  // It is named, so that whoever has listed several finds it.
  for (const [wrong, shown] of [
    ["fax", '"fax"'],
    ["device_code", '"device_code"'],
    [3, "3"],
    [undefined, "null"],
  ])
    expect(() => new AutoCredential({ signIn: ["browser", wrong as "browser"] })).toThrow(
      `The option "signIn" must be an array of "broker", "browser", "device-code". Received ${shown}.`,
    );
  expect(() => new AutoCredential({ allowDeviceCode: "yes" as unknown as boolean })).toThrow(
    /"allowDeviceCode"/,
  );
  expect(() => new AutoCredential({ clientId: "" })).toThrow(/"clientId"/);
});

test.each([
  ["answerBy", "fax"],
  ["openBrowser", "firefox"],
  ["redirectUri", "https://contoso.example"],
  ["browserCustomizationOptions", { succesMessage: "Done" }],
  ["userPromptCallback", "print"],
])(
  "is refused by the constructor as by the credential that it is for, whichever way comes first: %s",
  (name, value) => {
    for (const signIn of [undefined, ["device-code" as const]])
      expect(() => new AutoCredential({ signIn, [name]: value })).toThrow(new RegExp(`"${name}`));
  },
);

test("an import loads neither MSAL nor the other packages", () => {
  const entry = new URL("../dist/index.mjs", import.meta.url);
  const program = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks?.({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    await import(${JSON.stringify(entry.href)});
    console.log(JSON.stringify(loaded));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    encoding: "utf8",
  });
  const files = JSON.parse(stdout) as string[];
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((url) => !/\/packages\/(core|auto)\/dist\//.test(url))).toEqual([]);
});
