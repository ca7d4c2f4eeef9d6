import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { findBroker } from "../src/availability/find-broker.ts";
import { InteractiveBrowserBrokerCredential, getBrokerAvailability } from "../src/index.ts";
import { loadMsalRuntime } from "../src/msal-runtime/load-msal-runtime.ts";
import { MsalRuntimeTransport } from "../src/msal-runtime/msal-runtime-transport.ts";
import { RuntimeStatus } from "../src/msal-runtime/msal-runtime.ts";
import { ADA, BOB, CLIENT_ID, SOPHIE, recordOf } from "./fake-account.ts";
import { selfTest } from "../src/self-test/self-test.ts";
import { FakeMsalRuntime } from "./fake-msal-runtime.ts";
import { ARM, reasonOf } from "./flow-on-fake.ts";

const run = promisify(execFile);
let runtime: FakeMsalRuntime;
beforeEach(() => {
  runtime = new FakeMsalRuntime();
});
const credentialWith = (options: ConstructorParameters<typeof InteractiveBrowserBrokerCredential>[0] = {}) =>
  new InteractiveBrowserBrokerCredential({
    transport: new MsalRuntimeTransport({ load: () => ({ runtime }), platform: "darwin" }),
    browserFallback: "never",
    ...options,
  });

describe("Microsoft's runtime in the place of WAM", () => {
  test("signs in, goes on silently, renews nothing by itself and signs out", async () => {
    const credential = credentialWith({ parentWindowHandle: 0x20_0b2 });
    expect((await credential.getToken(ARM)).token).toContain("-ada");
    await credential.getToken("api://other/x", { enableCae: true });
    expect(runtime.calls).toMatchObject([
      {
        name: "SignInInteractively",
        window: "b200020000000000",
        hint: "",
        parameters: {
          clientId: CLIENT_ID,
          authority: "https://login.microsoftonline.com/organizations",
          redirectUri: "msauth.com.msauth.unsignedapp://auth",
          scopes: ARM,
        },
      },
      {
        name: "AcquireTokenSilently",
        account: ADA.username,
        parameters: { scopes: "api://other/x", claims: '{"access_token":{"xms_cc":{"values":["cp1"]}}}' },
      },
    ]);
    expect(runtime.calls.every(({ parameters }) => !("wam_compat" in parameters))).toBe(true);
    expect(await credential.accounts()).toEqual([recordOf(ADA)]);
    await credential.signOut();
    expect(runtime.known.size).toBe(0);
  });

  test("finds a record's account, and no other", async () => {
    runtime.known.set(BOB.objectId, BOB);
    runtime.known.set(ADA.objectId, ADA);
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    expect((await credential.getToken(ARM)).token).toContain("-ada");
    expect(runtime.calls.map(({ name }) => name)).toEqual(["AcquireTokenSilently"]);
  });

  test("serves personal accounts", async () => {
    runtime.person = SOPHIE;
    const credential = credentialWith({ tenantId: "consumers" });
    expect((await credential.authenticate(ARM)).homeAccountId).toBe(recordOf(SOPHIE).homeAccountId);
    expect(runtime.calls[0]?.parameters["authority"]).toBe("https://login.microsoftonline.com/consumers");
    expect(runtime.calls[0]?.window).toBe("00");
  });

  test.each([
    [{ errorStatus: RuntimeStatus.userCanceled }, "user_cancelled"],
    [{ errorStatus: RuntimeStatus.noNetwork, errorCode: -1009 }, "network"],
    [{ errorStatus: RuntimeStatus.serverTemporarilyUnavailable }, "network"],
    [{ errorStatus: RuntimeStatus.interactionRequired }, "service"],
    [{ errorStatus: RuntimeStatus.incorrectConfiguration, errorCode: 0xcaa20009 | 0 }, "service"],
    [{ errorStatus: 0, errorCode: 12 }, "service"],
  ])("reports %j as %s", async (failure, code) => {
    runtime.failure = failure;
    const error = await reasonOf(credentialWith().getToken(ARM));
    expect(error).toMatchObject({ code });
    expect(error).toBeInstanceOf(Error);
  });

  test("takes a switch of accounts with a token for success", async () => {
    runtime.failure = { errorStatus: RuntimeStatus.userSwitched };
    expect((await credentialWith().getToken(ARM)).token).toContain("-ada");
  });

  test("renews by showing the old token", async () => {
    runtime.known.set(ADA.objectId, ADA);
    const transport = new MsalRuntimeTransport({ load: () => ({ runtime }) });
    const request = {
      operationId: 1,
      mode: "silent",
      providerAuthority: "https://login.microsoftonline.com/organizations",
      scope: ARM,
      clientId: CLIENT_ID,
      webAccountId: ADA.objectId,
    } as const;
    const { responses } = await transport.request({ ...request, invalidateFirst: true });
    expect(runtime.calls.map(({ parameters }) => parameters["renew"])).toEqual([
      undefined,
      "secret-token-1-ada",
    ]);
    expect(responses[0]?.token).toBe("secret-token-2-ada");
  });

  test("is cancelled by an abort, at once", async () => {
    runtime.hangs = true;
    const controller = new AbortController();
    const pending = reasonOf(credentialWith().getToken(ARM, { abortSignal: controller.signal }));
    while (runtime.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await pending).toMatchObject({ name: "AbortError" });
    expect(runtime.cancelled).toBe(1);
  });
});

const throwing = (error: unknown) => () => {
  throw error;
};

describe("the self-test with --runtime", () => {
  test("passes on a runtime that does what it should, and tells no names", async () => {
    runtime.person = ADA;
    const transport = new MsalRuntimeTransport({ load: () => ({ runtime }), platform: "darwin" });
    const report = await selfTest({
      transport,
      abortAfterInMs: 20,
      print: () => {},
      ask: async (question) => {
        runtime.hangs = question.includes("called off");
        runtime.failure = question.includes("close it")
          ? { errorStatus: RuntimeStatus.userCanceled }
          : undefined;
        return "y";
      },
    });
    expect(report.checks.map(({ name, outcome, detail }) => [name, outcome, detail])).toEqual([
      ["the account of Windows, silently", expect.stringMatching(/passed|skipped/), expect.anything()],
      ["the picker", "passed", undefined],
      ["another resource, silently", "passed", undefined],
      ["the record after a restart, silently", "passed", undefined],
      ["a closed dialog", "passed", undefined],
      ["an abort", "passed", undefined],
      ["signing out", "passed", undefined],
    ]);
    expect(report.available).toBe(true);
    expect(JSON.stringify(report)).not.toContain(ADA.username);
  });

  test("says that the runtime is missing, or why it does not start", async () => {
    const transport = new MsalRuntimeTransport({
      load: () => loadMsalRuntime(throwing(new Error("invalid ELF header"))),
      platform: "darwin",
    });
    const lines: string[] = [];
    const report = await selfTest({ transport, print: (line) => lines.push(line), ask: async () => "y" });
    expect(report).toMatchObject({ available: false, checks: [] });
    expect(lines.join()).toMatch(/runtime/i);
  });
});

describe("a runtime that is missing or does not start", () => {
  const missing = Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
  test.each([
    ["runtime_missing", throwing(missing)],
    ["runtime_unloadable", throwing(new Error("invalid ELF header"))],
    ["runtime_unloadable", () => ({})],
    ["runtime_unloadable", () => ({ msalNodeRuntime: { StartupError: { errorContext: "no D-Bus" } } })],
  ])("is the reason %s, not a crash", async (reason, require) => {
    const transport = new MsalRuntimeTransport({ load: () => loadMsalRuntime(require) });
    expect(findBroker(transport)).toMatchObject({ found: false, detail: reason });
    expect(getBrokerAvailability(transport)).toMatchObject({ available: false, detail: reason });
    expect(await reasonOf(credentialWith({ transport }).getToken(ARM))).toMatchObject({
      name: "CredentialUnavailableError",
      detail: reason,
    });
  });

  test("the runtime's own package, in a process of its own, gives a reason or a broker, and never throws", async () => {
    const entry = (name: string): string =>
      JSON.stringify(new URL(`../dist/${name}.mjs`, import.meta.url).href);
    const code = `
      const { msalRuntimeTransport } = await import(${entry("msal-runtime")});
      const { getBrokerAvailability } = await import(${entry("index")});
      console.log(JSON.stringify(getBrokerAvailability(msalRuntimeTransport())));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code]);
    const availability = JSON.parse(stdout) as { readonly available: boolean; readonly detail?: string };
    expect(availability.available || availability.detail === "runtime_unloadable").toBe(true);
  });
});
