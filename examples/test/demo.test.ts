import { describe, expect, test } from "vitest";
import { expectWithin } from "../../tools/measure/expect-within.ts";
import { demoSettings, USAGE } from "../demo/demo-settings.ts";
import { LONGEST_IN_MS, runDemo } from "./run-demo.ts";

// What is left open keeps the demo for four seconds or for good. Its emulators are threads, which alone take a busy
// machine longer to end than the 200 ms of a program that only signs in; those are held by the tests of the packages.
const GONE_WITHIN_MS = 1000;

describe("npm run demo", { timeout: 3 * LONGEST_IN_MS }, () => {
  test("with --yes signs in in the browser, lists both, says how to go on, and is gone", async () => {
    await expectWithin(GONE_WITHIN_MS, async () => {
      const { code, stdout, stderr, lingeredInMs } = await runDemo(["--yes"]);

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
      return lingeredInMs;
    });
  });

  test("with --yes --device-code signs in with a code", async () => {
    const { code, stdout } = await runDemo(["--yes", "--device-code"]);

    expect(code).toBe(0);
    expect(stdout).toContain("1. Subscriptions: examples/device-code.ts");
    expect(stdout).toMatch(/opens https:\/\/localhost:\d+\/devicelogin, enters the code [A-Z0-9]{9} /);
    expect(stdout).toContain("    photos\n");
  });

  test("where CI is set it ends without a person", async () => {
    const { code, stdout } = await runDemo([], { env: { CI: "true" } });

    expect(code).toBe(0);
    expect(stdout).toContain("A scripted person answers the sign-in page");
  });

  test("without a screen and a terminal it says so, and ends without a person", async () => {
    const { code, stdout } = await runDemo([]);

    expect(code).toBe(0);
    expect(stdout).toContain("There is no screen and no terminal here");
    expect(stdout).toContain("Contoso Development");
  });

  test("with a browser it warns about the certificate, and Ctrl-C ends it", async () => {
    await expectWithin(GONE_WITHIN_MS, async () => {
      const { code, stdout, lingeredInMs } = await runDemo([], {
        env: { BROWSER: process.platform === "win32" ? "where.exe" : "true" },
        onOutput(stdout, stop) {
          if (stdout.includes("Pick any account") && !stdout.includes("Stopped.")) stop();
        },
      });

      expect(stdout).toContain("The browser will warn about its certificate");
      expect(stdout).toMatch(/Stopped\.\n$/);
      expect(code).toBe(130);
      return lingeredInMs;
    });
  });

  test("--help tells every flag", async () => {
    const { code, stdout } = await runDemo(["--help"]);

    expect(code).toBe(0);
    for (const flag of ["--yes", "--device-code", "--cloud", "--tenant", "--client", "--account", "--help"])
      expect(stdout).toContain(`  ${flag} `);
  });

  test("a wrong flag is refused in words, with the usage", async () => {
    const { code, stdout, stderr } = await runDemo(["--yse"]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--yse'/);
    expect(stderr).toContain(USAGE);
    expect(stdout).toBe("");
  });
});

describe("the flags of the demo", () => {
  test.each([
    [["--cloud", "--yes"], "--yes cannot sign in to the real Azure: leave it out with --cloud."],
    [["--tenant", "contoso"], "--tenant is for the real Azure: add --cloud."],
    [
      ["--cloud", "--account", "Not/An.Account"],
      '--account takes the name of a storage account (3 to 24 lowercase letters and digits), not "Not/An.Account".',
    ],
  ])("%j is refused", (args, words) => {
    expect(() => demoSettings(args, {})).toThrow(new RangeError(words));
  });

  test("--cloud takes tenant and client from the environment, and a flag wins", () => {
    const environment = { AZURE_TENANT_ID: "contoso.example", AZURE_CLIENT_ID: "one", CI: "true" };

    expect(demoSettings(["--cloud", "--client", "two", "--account", "stuff"], environment)).toEqual({
      cloud: {
        credential: { tenantId: "contoso.example", clientId: "two" },
        accountUrl: "https://stuff.blob.core.windows.net",
      },
      scripted: false,
      deviceCode: false,
    });
  });

  test("without --cloud the environment's tenant and client are left alone", () => {
    expect(demoSettings([], { AZURE_TENANT_ID: "contoso.example" })).toEqual({
      scripted: false,
      deviceCode: false,
    });
  });
});
