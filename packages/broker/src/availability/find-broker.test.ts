import type { WamLoadResult } from "@entrada/wam";
import { describe, expect, test } from "vitest";
import { FakeWam } from "../../test/fake-wam.ts";
import type { BrokerSurroundings } from "./broker-surroundings.ts";
import { findBroker, type BrokerTransport } from "./find-broker.ts";
import { getBrokerAvailability } from "./get-broker-availability.ts";
import { brokerUnavailable, describeUnavailable } from "./unavailable-broker.ts";

const windows = (more: Partial<BrokerSurroundings> = {}): BrokerSurroundings => ({
  platform: "win32",
  env: {},
  release: "10.0.22631",
  load: () => ({ available: true, transport: new FakeWam() }),
  ...more,
});
const OTHER_USER = 4_294_967_000;
const OWNERS: Readonly<Record<string, number | undefined>> = {
  "/run/user/1/bus": process.geteuid?.(),
  "/run/user/3/bus": OTHER_USER,
};
const linux = (env: BrokerSurroundings["env"]): BrokerSurroundings =>
  windows({
    platform: "linux",
    release: "6.1.0",
    env,
    exists: (path) => path === "/run/user/1/bus",
    ownerOf: (path) => OWNERS[path],
  });
const ANOTHER_USER = "/c/Users/bob/AppData/Roaming/npm/node_modules/@entrada";
/** A WSL with a Node.js of Windows, what is installed there, and the native modules that are installed here. */
const wsl = (
  installed: readonly string[],
  addonsHere: readonly string[] = [],
  PATH = "/usr/bin:/c/Users/ada/AppData/Local/Microsoft/WindowsApps:/c/Program Files/nodejs:/d/npm",
): BrokerSurroundings =>
  windows({
    platform: "linux",
    release: "6.1.0",
    env: { WSL_DISTRO_NAME: "Debian", PATH },
    exists: (path) => [...installed, ANOTHER_USER, "/c/Program Files/nodejs/node.exe"].includes(path),
    addonsHere: () => addonsHere,
  });
const probing = (probe: Partial<FakeWam["probeResult"]>): BrokerSurroundings => {
  const fake = new FakeWam();
  fake.probeResult = { ...fake.probeResult, ...probe };
  return windows({ load: () => ({ available: true, transport: fake }) });
};
const failing = (reason: Exclude<WamLoadResult, { available: true }>["reason"]): BrokerSurroundings =>
  windows({ load: () => ({ available: false, reason, message: "What was found. What to do." }) });

const TABLE: readonly (readonly [string, BrokerSurroundings])[] = [
  ["macos", windows({ platform: "darwin" })],
  ["no_session_bus", windows({ platform: "linux", release: "6.1.0-amd64" })],
  ["no_session_bus", linux({ DBUS_SESSION_BUS_ADDRESS: "unix:path=/gone" })],
  ["no_session_bus", linux({ DBUS_SESSION_BUS_ADDRESS: "tcp:host=localhost,port=1" })],
  ["no_session_bus", linux({ DBUS_SESSION_BUS_ADDRESS: "", XDG_RUNTIME_DIR: "/run/user/2" })],
  ["broker_of_another_user", linux({ XDG_RUNTIME_DIR: "/run/user/3" })],
  ["wsl", windows({ platform: "linux", release: "5.15.167.4-microsoft-standard-WSL2" })],
  ["wsl", windows({ platform: "linux", release: "6.1.0", env: { WSL_DISTRO_NAME: "Debian" } })],
  ["wsl_addon_missing", wsl([])],
  ["wsl_addon_missing", wsl(["/c/Users/ada/AppData/Roaming/pnpm/node_modules/@entrada"])],
  ["platform", windows({ platform: "freebsd" })],
  ["ssh", windows({ env: { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" } })],
  ["disabled", windows({ env: { ENTRADA_DISABLE_BROKER: "1" } })],
  ["disabled", windows({ platform: "linux", env: { ENTRADA_DISABLE_BROKER: "true" } })],
  ["addon_architecture", failing("architecture")],
  ["addon_missing", failing("binary_missing")],
  ["addon_unloadable", failing("binary_unloadable")],
  ["addon_unloadable", failing("binary_of_another_release")],
  ["os_too_old", probing({ available: false, reason: "os_too_old", build: 14_393 })],
  ["session_zero", probing({ available: false, reason: "session_zero", sessionId: 0 })],
  ["service_account", probing({ available: false, reason: "service_account" })],
  ["no_desktop", probing({ available: false, reason: "no_desktop" })],
  ["service_disabled", probing({ available: false, reason: "service_disabled" })],
  ["wam_missing", probing({ available: false, reason: "wam_missing", hresult: 0x80040154 })],
  ["wam_missing", probing({ available: false })],
  ["wam_missing", probing({ available: false, reason: "quota_exceeded" as never })],
  ["wam_missing", probing({ available: false, reason: "constructor" as never })],
  ["not_responding", probing({ available: false, reason: "not_responding" })],
  ["server_core", probing({ serverCore: true, productType: "server" })],
];

describe("looking for the broker", () => {
  test.each([
    { DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/1/bus,guid=1" },
    { DBUS_SESSION_BUS_ADDRESS: "tcp:host=h;unix:guid=1,path=/run/user/1/bus" },
    { DBUS_SESSION_BUS_ADDRESS: "unix:abstract=/tmp/dbus-1" },
    { XDG_RUNTIME_DIR: "/run/user/1" },
    { XDG_RUNTIME_DIR: "/run/user/1", SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" },
    { XDG_RUNTIME_DIR: "/run/user/1", WSL_DISTRO_NAME: "Debian" },
  ])("%j leads to the broker of Linux, if one is there", (env) => {
    expect(findBroker(undefined, linux(env))).toEqual({ found: true, kind: "linux", env });
  });

  test.each(TABLE)("%s is a reason of its own, in words that end in what to do", (reason, surroundings) => {
    const search = findBroker(undefined, surroundings);
    if (search.found) throw new Error("A broker was found.");
    expect(search.detail).toBe(reason);
    expect(describeUnavailable(search)).toMatch(/^[A-Z@].+\. .+\.$/);
    expect(brokerUnavailable(search)).toMatchObject({
      name: "CredentialUnavailableError",
      code: "broker_unavailable",
      detail: reason,
    });
  });

  test.each([
    ["in the person's profile", wsl(["/c/Users/ada/AppData/Roaming/npm/node_modules/@entrada"])],
    ["beside Node.js", wsl(["/c/Program Files/nodejs/node_modules/@entrada"])],
    ["in another folder of PATH", wsl(["/d/npm/node_modules/@entrada"])],
    ["in this Linux", wsl([], ["/app/node_modules/@entrada/wam-win32-x64/wam.node"])],
    ["where only Windows can tell", wsl([], [], "/usr/bin:/c/Program Files/nodejs")],
  ])("in WSL it is looked for in Windows with the native module %s", (_where, surroundings) => {
    const node = "/c/Program Files/nodejs/node.exe";
    expect(findBroker(undefined, surroundings)).toEqual({ found: true, kind: "wsl", node });
  });

  test("finds it on a desktop, also as administrator", () => {
    expect(findBroker(undefined, windows()).found).toBe(true);
    expect(findBroker(undefined, probing({ elevated: true })).found).toBe(true);
  });

  test("loads nothing where the system itself says no", () => {
    let loads = 0;
    const load = (): WamLoadResult => {
      loads += 1;
      return { available: true, transport: new FakeWam() };
    };
    for (const [reason, surroundings] of TABLE.slice(0, 11)) {
      expect(findBroker(undefined, { ...surroundings, load })).toMatchObject({
        found: false,
        detail: reason,
      });
    }
    expect(loads).toBe(0);
  });

  test.each(["", "0", "false", undefined])("ENTRADA_DISABLE_BROKER=%s switches nothing off", (value) => {
    expect(findBroker(undefined, windows({ env: { ENTRADA_DISABLE_BROKER: value } })).found).toBe(true);
  });

  test("takes a probe that throws for a binary that cannot be used", () => {
    const fake = new FakeWam();
    fake.probe = () => {
      throw new Error("access violation");
    };
    const search = findBroker(fake, windows());
    expect(search).toMatchObject({
      found: false,
      detail: "addon_unloadable",
      cause: { message: "access violation" },
    });
  });

  test("asks a transport of the caller's own, whatever the system is", () => {
    expect(findBroker(new FakeWam(), windows({ platform: "linux" })).found).toBe(true);
    const absent: BrokerTransport = Object.assign(new FakeWam(), {
      unavailable: { detail: "runtime_missing" } as const,
    });
    expect(findBroker(absent, windows())).toMatchObject({ found: false, detail: "runtime_missing" });
  });

  test("asks no account and shows nothing", () => {
    const fake = new FakeWam();
    expect(getBrokerAvailability(fake)).toEqual({ available: true });
    expect(fake.calls).toEqual([]);
  });
});

test.skipIf(process.platform === "win32")("off Windows getBrokerAvailability says why, at once", () => {
  const { available, code, detail, hint } = getBrokerAvailability();
  expect({ available, code }).toEqual({ available: false, code: "broker_unavailable" });
  expect(detail).toMatch(/^(no_session_bus|broker_missing|wsl|macos|platform)$/);
  expect(hint).toMatch(/Web Account Manager|Linux broker/);
});
