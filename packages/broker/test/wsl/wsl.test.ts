import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { Socket } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AuthenticationEvent } from "@entrada/core";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  createNativeBrokerPlugin,
  getBrokerAvailability,
  InteractiveBrowserBrokerCredential,
  WamBrokerPlugin,
  type InteractiveBrowserBrokerCredentialOptions,
} from "../../src/index.ts";
import { addonsHere } from "../../src/availability/addon-for-windows.ts";
import { selfTest } from "../../src/self-test/self-test.ts";
import { ADA, BOB, CLIENT_ID, recordOf } from "../fake-account.ts";
import { ARM, reasonOf, STORAGE } from "../flow-on-fake.ts";
import { patientClock } from "./patient-clock.ts";
import { fakeWindows, type FakeWindows, type WindowsScript } from "./fake-windows.ts";

/** Puts this process into a WSL. */
async function inWsl(script: WindowsScript = {}): Promise<FakeWindows> {
  onTestFinished(patientClock());
  const windows = await fakeWindows(script);
  const before = { ...process.env };
  Object.assign(process.env, windows.env);
  onTestFinished(async () => {
    for (const name of Object.keys(windows.env)) delete process.env[name];
    Object.assign(process.env, before);
    await windows[Symbol.asyncDispose]();
  });
  return windows;
}

const credentialWith = (
  options: InteractiveBrowserBrokerCredentialOptions = {},
): InteractiveBrowserBrokerCredential =>
  new InteractiveBrowserBrokerCredential({ browserFallback: "never", ...options });

/** What a helper says besides its messages. */
async function said(socket: Socket): Promise<string> {
  const [data] = (await once(socket, "data")) as [Buffer];
  return data.toString();
}

describe.runIf(process.platform === "linux")("from WSL, through the Node.js of Windows", () => {
  test("the account of Windows gives a token, silently", async () => {
    await inWsl();
    const token = await credentialWith({ useDefaultBrokerAccount: true }).getToken(ARM);
    expect(token.token).toContain("-bob-");
  });

  test("a record finds its account, the accounts are listed, and one signs out", async () => {
    await inWsl();
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    expect((await credential.getToken(STORAGE)).token).toContain("-ada-");
    const names = (await credential.accounts()).map(({ username }) => username);
    expect(names.toSorted()).toEqual([ADA.username, BOB.username]);
    await credential.signOut(recordOf(ADA));
    expect((await credential.accounts()).map(({ username }) => username)).toEqual([BOB.username]);
  });

  test("a person signs in, with the window of the terminal as the dialog's owner", async () => {
    await inWsl();
    const events: AuthenticationEvent[] = [];
    const credential = credentialWith({ onEvent: (event) => events.push(event) });
    await expect(credential.authenticate(ARM)).resolves.toMatchObject({ username: ADA.username });
    expect(events.filter(({ type }) => type === "warning")).toEqual([]);
  });

  test("a window of Windows may be named, in each of its forms", async () => {
    await inWsl();
    for (const parentWindowHandle of [0x10020n, 66_592, new Uint8Array([0x20, 0, 1, 0, 0, 0, 0, 0])]) {
      const credential = credentialWith({ parentWindowHandle });
      await expect(credential.authenticate(ARM, { forcePrompt: true })).resolves.toMatchObject({
        username: ADA.username,
      });
    }
  });

  test("a person who closes the dialog is heard", async () => {
    await inWsl({ move: "cancel" });
    expect(await reasonOf(credentialWith().authenticate(ARM))).toMatchObject({ code: "user_cancelled" });
  });

  test("an abort ends the call at once, and Windows is told", async () => {
    const windows = await inWsl({ move: "ignore" });
    const controller = new AbortController();
    const coming = windows.next();
    const credential = credentialWith({
      onEvent: ({ type }) => {
        if (type === "prompt") asked();
      },
    });
    let asked = (): void => {};
    const prompted = new Promise<void>((resolve) => (asked = resolve));
    const pending = reasonOf(credential.authenticate(ARM, { abortSignal: controller.signal }));
    const helper = await coming;
    await prompted;
    controller.abort();
    expect((await pending).name).toBe("AbortError");
    expect(await said(helper)).toMatch(/^cancel \d+$/);
  });

  test("one helper serves all credentials, and nothing but paths stands on its command line", async () => {
    const windows = await inWsl();
    const credentials = [1, 2, 3].map(() => credentialWith({ useDefaultBrokerAccount: true }));
    await Promise.all(credentials.map((each) => each.getToken(ARM)));
    expect(windows.started.length).toBe(1);
    expect(windows.started[0]).toMatch(
      /^--preserve-symlinks --preserve-symlinks-main \S+\/broker\/dist\/wsl\/windows-agent\.mjs( \S+\/wam\.node)*$/,
    );
  });

  test("a helper that ends during a silent call is started anew", async () => {
    const windows = await inWsl({ diesAt: "silent" });
    const coming = windows.next();
    const pending = credentialWith({ useDefaultBrokerAccount: true }).getToken(ARM);
    const first = await coming;
    expect(await said(first)).toBe("asked silent");
    process.env["FAKE_WINDOWS"] = JSON.stringify({ ...JSON.parse(process.env["FAKE_WINDOWS"]!), diesAt: "" });
    first.write("die");
    expect((await pending).token).toContain("-bob-");
    expect(windows.started.length).toBe(2);
  });

  test("a helper that ends while a dialog is open shows no second one by itself", async () => {
    const windows = await inWsl({ diesAt: "window" });
    const coming = windows.next();
    const pending = reasonOf(credentialWith().authenticate(ARM));
    const first = await coming;
    expect(await said(first)).toBe("asked window");
    first.write("die");
    expect(await pending).toMatchObject({ code: "service", detail: "broker_ended" });
    expect(windows.started.length).toBe(1);
  });

  test.each<[NonNullable<WindowsScript["start"]>, string, RegExp]>([
    ["ends", "wsl_helper_failed", /ended with code 3: no such module/],
    ["noise", "wsl_helper_failed", /too long|no message/],
    ["unloadable", "wsl_helper_failed", /for somebody else/],
    ["without addon", "wsl_addon_missing", /for somebody else/],
    ["older addon", "wsl_addon_of_another_release", /for somebody else/],
  ])(
    "where it is of no use (%s: %s), the browser takes over and the cause says why",
    async (start, detail, cause) => {
      await inWsl({ start });
      const error = await reasonOf(credentialWith().getToken(ARM));
      expect(error).toMatchObject({ code: "broker_unavailable", detail });
      const { message, cause: inner } = error.cause as Error;
      expect([message, (inner as Error | undefined)?.message].join(" ")).toMatch(cause);
      const reasons: string[] = [];
      let opened = 0;
      const controller = new AbortController();
      const withBrowser = credentialWith({
        browserFallback: "when-unavailable",
        openBrowser: () => {
          opened += 1;
          controller.abort();
        },
        onEvent: (event) => {
          if (event.type === "fallback") reasons.push(event.reason);
        },
      });
      await reasonOf(withBrowser.authenticate(ARM, { abortSignal: controller.signal }));
      expect([reasons, opened]).toEqual([[detail], 1]);
    },
  );

  test("where Windows's own PATH leads to no native module, that is known before anything is started", async () => {
    const windows = await inWsl();
    const profile = join(dirname(windows.node), "Users", "ada", "AppData");
    process.env["PATH"] += `:${profile}/Local/Microsoft/WindowsApps`;
    const known = getBrokerAvailability();
    // On a machine that has compiled it, this installation brings it along.
    if (addonsHere().length === 0) {
      expect(known).toMatchObject({ available: false, detail: "wsl_addon_missing" });
      expect(known.hint).toContain("cmd.exe /c npm install --global @entrada/broker");
    }
    mkdirSync(join(profile, "Roaming", "npm", "node_modules", "@entrada", "broker"), { recursive: true });
    expect(getBrokerAvailability()).toEqual({ available: true });
    expect(windows.started).toEqual([]);
  });

  test("the one that is named is taken, whatever stands on PATH", async () => {
    const windows = await inWsl();
    process.env["PATH"] = process.env["PATH"]!.replace(/^[^:]*/, (folder) => `${folder}/none:${folder}`);
    const credential = credentialWith({ windowsNodePath: windows.node, useDefaultBrokerAccount: true });
    await credential.getToken(ARM);
    expect(windows.started.length).toBe(1);
  });

  test("the one that is named serves a plugin, too, and is found in advance", async () => {
    const windows = await inWsl();
    process.env["PATH"] = process.env["PATH"]!.replace(/^[^:]*/, (folder) => `${folder}/none:${folder}`);
    const named = { windowsNodePath: windows.node };
    expect(getBrokerAvailability(undefined, windows.node)).toEqual({ available: true });
    const plugin = new WamBrokerPlugin(named);
    expect(plugin.isBrokerAvailable).toBe(true);
    const [first] = await plugin.getAllAccounts(CLIENT_ID, "c");
    expect(first?.username).toBe(ADA.username);
    await credentialWith({ ...named, useDefaultBrokerAccount: true }).getToken(ARM);
    // The plugin and the credential ask through the same helper.
    expect(windows.started.length).toBe(1);
  });

  test("a Node.js of Windows that no whole path names is refused by each option", () => {
    const windowsNodePath = "node.exe";
    const words = /windowsNodePath.*whole path/;
    expect(() => credentialWith({ windowsNodePath })).toThrow(words);
    expect(() => new WamBrokerPlugin({ windowsNodePath })).toThrow(words);
    expect(() => createNativeBrokerPlugin({ windowsNodePath })).toThrow(words);
    expect(() => getBrokerAvailability(undefined, windowsNodePath)).toThrow(words);
  });

  test("a helper that ended is started anew once, whoever asks then", async () => {
    const windows = await inWsl();
    const coming = windows.next();
    const credential = credentialWith({ useDefaultBrokerAccount: true });
    await credential.getToken(ARM);
    const first = await coming;
    const ended = once(first, "close");
    first.write("die");
    await ended;
    await Promise.all(
      [ARM, STORAGE, "https://vault.azure.net/.default"].map((scope) =>
        credentialWith({ useDefaultBrokerAccount: true }).getToken(scope),
      ),
    );
    expect(windows.started.length).toBe(2);
  });

  test("the self-test passes, and says how it came there", async () => {
    await inWsl();
    const report = await selfTest({ abortAfterInMs: 20, print: () => {}, ask: async () => "n" });
    expect(report).toMatchObject({ available: true, facts: { broker: "wsl", probe: { build: 22_631 } } });
  });
});

describe.runIf(process.platform === "linux")("a program that asks from WSL", () => {
  const program = fileURLToPath(new URL("ask-once.ts", import.meta.url));
  const run = (windows: FakeWindows, ...args: string[]) =>
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
      env: { ...process.env, ...windows.env },
      stdio: ["ignore", "pipe", "inherit"],
    });

  test("ends when its work is done, and the helper with it", async () => {
    await using windows = await fakeWindows();
    const coming = windows.next();
    const child = run(windows);
    const helper = await coming;
    const ended = once(helper, "close");
    expect(await once(child, "exit")).toEqual([0, null]);
    await ended;
  });

  test("that is killed takes the helper with it, also in the middle of a dialog", async () => {
    await using windows = await fakeWindows({ move: "ignore" });
    const coming = windows.next();
    const child = run(windows, "dialog");
    const helper = await coming;
    await once(child.stdout, "data");
    const ended = once(helper, "close");
    child.kill("SIGKILL");
    await ended;
    expect(windows.started.length).toBe(1);
  });
});
