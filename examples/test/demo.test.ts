import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const DEMO = fileURLToPath(new URL("../demo/demo.ts", import.meta.url));
// What would decide for the demo where it runs.
const SURROUNDINGS = [
  "CI",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "BROWSER",
  "SSH_CONNECTION",
  "SSH_CLIENT",
  "SSH_TTY",
];
const LONGEST_IN_MS = 60_000;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the last output to the end of the process. */
  readonly lingeredInMs: number;
}

/** Runs the demo without a terminal. `onOutput` is told everything so far. */
function demo(
  args: readonly string[],
  {
    env = {},
    onOutput,
  }: { env?: NodeJS.ProcessEnv; onOutput?: (stdout: string, stop: () => void) => void } = {},
): Promise<Outcome> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !SURROUNDINGS.includes(name)),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [DEMO, ...args], {
      env: { ...inherited, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LONGEST_IN_MS,
    });
    let [stdout, stderr] = ["", ""];
    let last = performance.now();
    let ended = Infinity;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      last = performance.now();
      onOutput?.(stdout, () => child.kill("SIGINT"));
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      last = performance.now();
    });
    child.once("error", reject);
    child.once("exit", () => {
      ended = performance.now();
    });
    child.once("close", (code) => resolve({ code, stdout, stderr, lingeredInMs: Math.max(0, ended - last) }));
  });
}

describe("npm run demo", { timeout: LONGEST_IN_MS }, () => {
  test("with --yes signs in in the browser, lists both, says how to go on, and is gone", async () => {
    const { code, stdout, stderr, lingeredInMs } = await demo(["--yes"]);

    expect(stderr).toBe("");
    expect(code).toBe(0);
    for (const words of [
      "Entra ID          https://localhost:",
      "Blob storage      https://127.0.0.1:",
      "1. Subscriptions: examples/show-subscription.ts",
      "Signed in as ada@contoso.example.",
      "Contoso Production",
      "2. Containers: examples/list-containers.ts",
      "Nobody was asked again",
      "    invoices\n",
      "one sign-in, two services",
      "npm run demo -- --cloud --tenant",
    ])
      expect(stdout).toContain(words);
    expect(stdout.match(/Signed in as/g)).toHaveLength(1);
    expect(lingeredInMs).toBeLessThan(200);
  });

  test("with --yes --device-code signs in with a code", async () => {
    const { code, stdout } = await demo(["--yes", "--device-code"]);

    expect(code).toBe(0);
    expect(stdout).toContain("1. Subscriptions: examples/device-code.ts");
    expect(stdout).toMatch(/opens https:\/\/localhost:\d+\/devicelogin, enters the code [A-Z0-9]{9} /);
    expect(stdout).toContain("    photos\n");
  });

  test("where CI is set it ends without a person", async () => {
    const { code, stdout } = await demo([], { env: { CI: "true" } });

    expect(code).toBe(0);
    expect(stdout).toContain("A scripted person answers the sign-in page");
  });

  test("without a screen and a terminal it says so, and ends without a person", async () => {
    const { code, stdout } = await demo([]);

    expect(code).toBe(0);
    expect(stdout).toContain("There is no screen and no terminal here");
    expect(stdout).toContain("Contoso Development");
  });

  test("with a browser it warns about the certificate first, shows the address later, and Ctrl-C ends it", async () => {
    const { code, stdout, lingeredInMs } = await demo([], {
      env: { BROWSER: process.platform === "win32" ? "where.exe" : "true" },
      onOutput(stdout, stop) {
        if (/\/authorize\?\S+\n/.test(stdout) && !stdout.includes("Stopped.")) stop();
      },
    });

    const warning = stdout.indexOf("The browser will warn about its certificate");
    expect(warning).toBeGreaterThan(0);
    expect(stdout.indexOf("/authorize?")).toBeGreaterThan(warning);
    expect(stdout).toMatch(/Stopped\.\n$/);
    expect(code).toBe(130);
    expect(lingeredInMs).toBeLessThan(200);
  });

  test("--help tells every flag", async () => {
    const { code, stdout } = await demo(["--help"]);

    expect(code).toBe(0);
    for (const flag of ["--yes", "--device-code", "--cloud", "--tenant", "--client", "--account", "--help"])
      expect(stdout).toContain(`  ${flag} `);
  });

  test.each([
    [["--yse"], "Unknown option '--yse'"],
    [["--cloud", "--yes"], "--yes cannot sign in to the real Azure"],
    [["--tenant", "contoso"], "--tenant is for the real Azure: add --cloud."],
    [["--cloud", "--account", "Not/An.Account"], "--account takes the name of a storage account"],
  ])("%j is refused in words", async (args, words) => {
    const { code, stdout, stderr } = await demo(args);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stdout).toBe("");
  });
});
