import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { WamProbe } from "../../src/index.ts";
import { bundledLoader } from "./bundled-loader.ts";
import type { WamHost } from "./wam-host.ts";

/** A case about a whole process: how it ends, or what another Windows makes of it. */
export interface ProcessCase {
  readonly name: string;
  readonly run: (host: WamHost) => Promise<void>;
}

const folder = join("test", "wine", "process");
const manual = { FAKE_WAM_SCENARIO: "token.complete=manual&token.cancel=ignore" };

export const processCases: readonly ProcessCase[] = [
  {
    name: "exit with a pending operation keeps the exit code",
    run: async (host) => expectEnd(host, "pending-exit.ts", manual, { code: 7, stdout: "" }),
  },
  {
    name: "a cancelled operation that Windows never ends keeps no process alive",
    run: async (host) => expectEnd(host, "cancelled-end.ts", manual, { code: 0, stdout: "WAM_CANCELLED" }),
  },
  {
    name: "an answered operation keeps no process alive",
    run: async (host) => expectEnd(host, "answered-end.ts", {}, { code: 0, stdout: "0" }),
  },
  {
    name: "an operation in the background keeps no process alive",
    run: async (host) => expectEnd(host, "background-end.ts", manual, { code: 0, stdout: "" }),
  },
  {
    name: "an operation that is waited for keeps the process alive, whatever went on in the background",
    run: async (host) => expectEnd(host, "awaited-beside-background.ts", manual, { code: 0, stdout: "0" }),
  },
  ...["inline", "raw"].map((mode) => ({
    name: `worker threads that are terminated while operations end (${mode}) do no harm to the process`,
    run: async (host: WamHost) => {
      const steps = ["provider", "token"].map((step) => `${step}.complete=${mode}`).join("&");
      // The journal of 10,000 requests would be most of the work.
      const env = { FAKE_WAM_SCENARIO: steps, FAKE_WAM_LOG: "" };
      await expectEnd(host, "terminated-workers.ts", env, { code: 0, stdout: "12" });
    },
  })),
  {
    name: "an error of the application ends the process as ever",
    run: async (host) => {
      const { code, stderr } = await host.run(join(folder, "uncaught-error.ts"), { env: manual });
      assert.equal(code, 1);
      assert.match(stderr, /of the application/);
    },
  },
  {
    name: "exit with the pane open keeps the exit code",
    run: async (host) => {
      const env = { FAKE_WAM_SCENARIO: "pane.complete=manual&pane.cancel=ignore" };
      await expectEnd(host, "pane-exit.ts", env, { code: 7, stdout: "" });
    },
  },
  {
    name: "the memory of a token holds nothing when it is freed",
    run: async (host) => {
      assert.ok(host.files.textTest);
      const { code, stdout } = await host.prefix.run([host.files.textTest]);
      assert.equal(stdout.match(/: wiped/g)?.length, 4, stdout);
      assert.equal(code, 0);
    },
  },
  {
    name: "exit does not wait for a call into Windows that is stuck",
    run: async (host) => {
      const env = { FAKE_WAM_SCENARIO: "block.GetTokenSilentlyAsync=1" };
      const started = performance.now();
      const { code } = await host.run(join(folder, "blocked-exit.ts"), { env });
      assert.equal(code, 0);
      assert.ok(performance.now() - started < 10_000);
    },
  },
  {
    name: "two copies of the binary work beside each other",
    run: async (host) => expectEnd(host, "two-copies.ts", {}, { code: 0, stdout: "0 0" }),
  },
  {
    name: "the loader names what it found: another processor's binary, none, no such processor",
    run: async (host) => {
      const { code, stdout } = await host.run(join(folder, "load-wrong.ts"));
      assert.equal(code, 0);
      const [x64, ia32, arm64, riscv64] = stdout
        .trim()
        .split(/\r?\n/)
        .map((line) => JSON.parse(line) as object);
      assert.deepEqual(x64, { available: true });
      expectFailure(
        ia32,
        "binary_unloadable",
        /@entrada\/wam-win32-ia32 could not be loaded: .* needs .*Install/,
      );
      // Its compiler is fetched for those who name the processor; without it there is none.
      if (existsSync(new URL("../../prebuilds/win32-arm64/wam.node", import.meta.url))) {
        expectFailure(arm64, "binary_unloadable", /@entrada\/wam-win32-arm64 could not be loaded/);
      } else {
        expectFailure(arm64, "binary_missing", /@entrada\/wam-win32-arm64 is not installed\. .*npm install/);
      }
      expectFailure(riscv64, "architecture", /x64, arm64, ia32; .*riscv64.*Run/);
    },
  },
  ...(["import", "require", "program"] as const).map((known) => ({
    name: `a bundle takes the binary beside it, and says what to do without one (it knows its place by ${known})`,
    run: async (host: WamHost) => {
      using bundle = await bundledLoader(known);
      assert.deepEqual(await loaded(host, bundle.program), { available: true });
      rmSync(bundle.binary);
      const missing = await loaded(host, bundle.program);
      expectFailure(
        missing,
        "binary_missing",
        /@entrada\/wam-win32-x64 is not .* in a bundle, copy its wam\.node/,
      );
    },
  })),
  {
    name: "a disabled service is found",
    run: async (host) => {
      const key = "HKLM\\System\\CurrentControlSet\\Services\\TokenBroker";
      await host.prefix.setRegistry(key, "Start", 4);
      const { available, reason } = await probe(host);
      await host.prefix.setRegistry(key, "Start", null);
      assert.deepEqual({ available, reason }, { available: false, reason: "service_disabled" });
      assert.equal((await probe(host)).available, true);
    },
  },
  {
    name: "a server without a desktop is found",
    run: async (host) => {
      const key = "HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion";
      await host.prefix.setRegistry(key, "InstallationType", "Server Core");
      const { available, serverCore, features } = await probe(host);
      await host.prefix.setRegistry(key, "InstallationType", "Client");
      assert.deepEqual({ available, serverCore }, { available: true, serverCore: true });
      assert.deepEqual(
        [features.window, features.accountPicker, features.listAccounts],
        [false, false, true],
      );
    },
  },
  {
    name: "an old Windows and an old server are found",
    run: async (host) => {
      const version = "HKCU\\Software\\Wine\\AppDefaults\\node.exe";
      for (const [old, productType] of [
        ["win81", "workstation"],
        ["win2003", "server"],
      ] as const) {
        await host.prefix.setRegistry(version, "Version", old);
        const found = await probe(host);
        await host.prefix.setRegistry(version, "Version", null);
        assert.equal(found.reason, "os_too_old", old);
        assert.equal(found.productType, productType, old);
      }
    },
  },
  {
    name: "a Windows that does not answer is reported within three seconds",
    run: async (host) => {
      const started = performance.now();
      const { available, reason } = await probe(host, {
        FAKE_WAM_SCENARIO: "block.WebAuthenticationCoreManager=1",
      });
      assert.deepEqual({ available, reason }, { available: false, reason: "not_responding" });
      assert.ok(performance.now() - started < 10_000);
    },
  },
];

async function loaded(host: WamHost, program: string): Promise<object> {
  const { code, stdout, stderr } = await host.run(program);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as object;
}

async function expectEnd(
  host: WamHost,
  script: string,
  env: Readonly<Record<string, string>>,
  expected: { readonly code: number; readonly stdout: string },
): Promise<void> {
  const { code, stdout, stderr } = await host.run(join(folder, script), { env });
  assert.deepEqual({ code, stdout: stdout.trim() }, expected, stderr);
}

function expectFailure(result: object | undefined, reason: string, message: RegExp): void {
  const failure = result as { readonly reason: string; readonly message: string };
  assert.equal(failure.reason, reason);
  assert.match(failure.message, message);
}

async function probe(host: WamHost, env: Readonly<Record<string, string>> = {}): Promise<WamProbe> {
  // Node.js itself asks for Windows 10 unless told not to.
  const run = await host.run(join(folder, "probe.ts"), { env: { NODE_SKIP_PLATFORM_CHECK: "1", ...env } });
  assert.equal(run.code, 0, run.stderr);
  return JSON.parse(run.stdout) as WamProbe;
}
