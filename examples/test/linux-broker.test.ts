import { BlobServiceClient } from "@azure/storage-blob";
import type { AuthenticationEvent } from "@entrada/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startLocalAzure, type LocalAzure } from "../demo/local-azure.ts";
import { getBrokerAvailability, InteractiveBrowserBrokerCredential } from "@entrada/broker";
import type { FakeAccount } from "../../packages/broker/test/fake-account.ts";
import {
  brokerFailure,
  FakeLinuxBroker,
  type Generation,
} from "../../packages/broker/test/linux/fake-linux-broker.ts";
import { mintedBy } from "../../packages/broker/test/linux/minted-by-emulator.ts";
import { hasBus, startBus, type PrivateBus } from "../../packages/broker/test/linux/private-bus.ts";

const STORAGE = "https://storage.azure.com/.default";
const GENERATIONS: readonly Generation[] = ["java", "cpp", "himmelblau"];

describe.runIf(hasBus)("from the broker of Linux to Azure Storage", () => {
  let azure: LocalAzure;
  let bus: PrivateBus;
  let person: FakeAccount;
  const brokers: FakeLinuxBroker[] = [];
  const events: AuthenticationEvent[] = [];

  beforeAll(async () => {
    azure = await startLocalAzure();
    const { username, objectId, tenantId } = azure.emulator.defaults.account;
    person = { username, objectId, tenantId, name: "Ada Byron" };
  });
  afterAll(() => azure?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    events.length = 0;
    bus = await startBus();
    vi.stubEnv("DBUS_SESSION_BUS_ADDRESS", bus.env["DBUS_SESSION_BUS_ADDRESS"]);
    vi.stubEnv("DISPLAY", ":0");
    for (const name of ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"]) vi.stubEnv(name, undefined);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const broker of brokers.splice(0)) broker.stop();
    await bus[Symbol.asyncDispose]();
  });

  async function startBroker(generation: Generation = "cpp"): Promise<FakeLinuxBroker> {
    const broker = new FakeLinuxBroker({ generation, mint: mintedBy(azure.emulator) });
    brokers.push(broker);
    await broker.start(bus.path);
    return broker;
  }

  function credentialWith(
    options: ConstructorParameters<typeof InteractiveBrowserBrokerCredential>[0] = {},
  ): InteractiveBrowserBrokerCredential {
    return new InteractiveBrowserBrokerCredential({
      promptCooldownInMs: 0,
      onEvent: (event) => events.push(event),
      openBrowser: () => {
        throw new Error("The browser was opened.");
      },
      ...options,
    });
  }

  async function containersOf(credential: InteractiveBrowserBrokerCredential): Promise<string[]> {
    const names: string[] = [];
    const client = new BlobServiceClient(azure.accountUrl, credential);
    for await (const { name } of client.listContainers()) names.push(name);
    return names;
  }

  test.each(GENERATIONS)(
    "a broker %s lists containers silently, as its default account",
    async (generation) => {
      const broker = await startBroker(generation);
      broker.accounts = [person];
      const credential = credentialWith({ useDefaultBrokerAccount: true });
      expect(await containersOf(credential)).toEqual(["backups", "invoices", "photos"]);
      expect(broker.called).toEqual(["getAccounts", "acquireTokenSilently"]);
      expect(events.filter(({ type }) => type === "prompt" || type === "fallback")).toEqual([]);
    },
  );

  test.each(GENERATIONS)(
    "a broker %s does so after its window, and silently ever after",
    async (generation) => {
      const broker = await startBroker(generation);
      broker.person = person;
      if (generation === "himmelblau") broker.accounts = [person];
      const credential = credentialWith();
      expect(await containersOf(credential)).toEqual(["backups", "invoices", "photos"]);
      expect(broker.called).toEqual(
        generation === "himmelblau"
          ? ["getAccounts", "acquireTokenInteractively", "acquireTokenInteractively"]
          : ["getAccounts", "acquireTokenInteractively"],
      );
      expect(events.filter(({ type }) => type === "prompt")).toHaveLength(1);
      const record = (await credential.accounts())[0];
      const again = credentialWith({ authenticationRecord: record, disableAutomaticAuthentication: true });
      expect(await containersOf(again)).toHaveLength(3);
      await credential.signOut(record);
      expect(broker.called.at(-1)).toBe("removeAccount");
      expect(await credential.accounts()).toEqual([]);
    },
  );

  test("is told at once: whether it is there, or what is missing", async () => {
    expect(getBrokerAvailability()).toMatchObject({
      available: false,
      code: "broker_unavailable",
      detail: "broker_missing",
    });
    vi.stubEnv("XDG_RUNTIME_DIR", "/nowhere");
    await startBroker();
    expect(getBrokerAvailability()).toEqual({ available: true });
  });

  test("a closed window is no reason for the browser", async () => {
    const broker = await startBroker();
    broker.move = "cancel";
    await expect(credentialWith().getToken(STORAGE)).rejects.toMatchObject({ code: "user_cancelled" });
    expect(events.filter(({ type }) => type === "fallback")).toEqual([]);
  });

  test("an abort ends the call at once, and the window", async () => {
    const broker = await startBroker();
    broker.move = "ignore";
    const abort = new AbortController();
    broker.onWindow = () => abort.abort();
    const call = credentialWith().authenticate(STORAGE, { abortSignal: abort.signal });
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    await vi.waitFor(() => expect(broker.called).toContain("cancelInteractiveFlow"), 60_000);
  });

  test.each([
    ["broker_missing", async () => undefined],
    [
      "broker_failed",
      async () => {
        const failure = brokerFailure("getAccounts", { status: 0 });
        (await startBroker()).script("getAccounts", failure);
      },
    ],
    [
      "no_display",
      async () => {
        vi.stubEnv("DISPLAY", undefined);
        vi.stubEnv("WAYLAND_DISPLAY", undefined);
        await startBroker();
      },
    ],
    ["no_session_bus", async () => vi.stubEnv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")],
  ])("%s: the browser takes over, and the event says why", async (reason, arrange) => {
    await arrange();
    const opened: string[] = [];
    const credential = credentialWith({
      openBrowser: (url) => {
        opened.push(url);
        throw new Error("No browser here.");
      },
      timeoutInMs: 500,
    });
    await expect(credential.getToken(STORAGE)).rejects.toMatchObject({
      code: expect.stringMatching(/unavailable|timeout/),
    });
    expect(events.find(({ type }) => type === "fallback")).toMatchObject({ to: "browser", reason });
    expect(opened.length).toBeLessThanOrEqual(1);
    const strict = credentialWith({ browserFallback: "never" });
    // The scripted failure was for one question.
    if (reason === "broker_failed") return;
    await expect(strict.getToken(STORAGE)).rejects.toMatchObject({
      name: "CredentialUnavailableError",
      code: "broker_unavailable",
      detail: reason,
    });
  });
});
