import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator, EmulatorOptions } from "@entrada/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import type { DeviceCodeInfo } from "../src/index.ts";
import { startAuthority } from "./emulated-authority.ts";
import { runProgram, type ProgramOptions, type ProgramRun } from "./run-program.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "entrada-device-code-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Authority extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly deviceCodes: readonly string[];
  signIn(prompt: string, options?: ProgramOptions): Promise<ProgramRun>;
}

async function start(options?: EmulatorOptions): Promise<Authority> {
  const emulator = await startAuthority(options);
  const certificates = join(directory, `${emulator.port}.pem`);
  writeFileSync(certificates, emulator.certificateAuthority);
  const deviceCodes: string[] = [];
  emulator.script({
    on: "devicecode",
    mutate: (answer) => {
      deviceCodes.push((answer.body as { device_code: string }).device_code);
      return answer;
    },
  });
  const env = {
    AUTHORITY: emulator.authorityHost,
    TENANT: emulator.defaults.tenantId,
    NODE_EXTRA_CA_CERTS: certificates,
  };
  return {
    emulator,
    deviceCodes,
    signIn: (prompt, more = {}) =>
      runProgram("sign-in", { ...more, args: [prompt], env: { ...env, ...more.env } }),
    [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose](),
  };
}

const exitAfterMs = ({ lines }: ProgramRun): number => lines.at(-1)?.["exitAfterMs"] as number;

// Five runs of a process that something keeps for seconds.
const MEASURED = { timeout: 240_000 };

describe.concurrent("a program that signs in", () => {
  test("goes on until the person has answered, and ends by itself at once", MEASURED, async () => {
    await expectWithin(200, async () => {
      await using authority = await start();
      const { person } = authority.emulator;
      const run = await authority.signIn("callback", {
        onLine: ({ info }) => void (info && person.answerDeviceCode(info as DeviceCodeInfo)),
      });
      expect(run.lines).toMatchObject([
        { info: {} },
        { expiresOnTimestamp: expect.any(Number) as number },
        {},
      ]);
      expect(run.exitCode).toBe(0);
      return exitAfterMs(run);
    });
  });

  test("goes on until the code ends when nobody answers, and ends by itself at once", MEASURED, async () => {
    await expectWithin(200, async () => {
      await using authority = await start({ deviceCodeLifetimeInS: 2 });
      const run = await authority.signIn("callback");
      expect(run.lines).toMatchObject([{ info: {} }, { code: "device_code_expired" }, {}]);
      expect(run.exitCode).toBe(0);
      return exitAfterMs(run);
    });
  });

  test("gets the error of a prompt that rejects, and nothing is left unhandled", MEASURED, async () => {
    await expectWithin(200, async () => {
      await using authority = await start();
      const run = await authority.signIn("rejecting");
      expect(run.lines).toMatchObject([
        { name: "TypeError", detail: "prompt_failed", cause: "Error: the screen is off" },
        {},
      ]);
      expect([run.exitCode, authority.emulator.count("poll")]).toEqual([0, 0]);
      return exitAfterMs(run);
    });
  });

  test("shows the code on standard error by itself, and logs no secret at the most talkative level", async () => {
    await using authority = await start();
    const { emulator } = authority;
    let answered: Promise<void> | undefined;
    const run = await authority.signIn("default", {
      env: { AZURE_LOG_LEVEL: "verbose" },
      onStderr: (text) => {
        const userCode = /^[A-Z0-9]{9}$/m.exec(text)?.[0];
        if (userCode === undefined || answered) return;
        const verificationUri = `${emulator.authorityHost}/devicelogin`;
        answered = emulator.person.answerDeviceCode({ userCode, verificationUri });
      },
    });
    await answered;
    expect(run.lines).toMatchObject([{ expiresOnTimestamp: expect.any(Number) as number }, {}]);
    expect(run.stderr).toContain(
      `To sign in, open\n${emulator.authorityHost}/devicelogin\nand enter the code\n`,
    );
    expect(run.stderr).toContain("only if you started this sign-in yourself");
    expect(run.stderr).toMatch(/^Signed in as .+@.+\.$/m);
    expect(run.stderr).toMatch(/entrada:device-code:info .*prompt/);
    expect(authority.deviceCodes).toHaveLength(1);
    for (const deviceCode of authority.deviceCodes) {
      expect(run.stderr + JSON.stringify(run.lines)).not.toContain(deviceCode);
    }
  });
});

describe.concurrent("a program whose code nobody would read", () => {
  test.each<readonly [string, ProgramOptions, string]>([
    ["in a CI job", { env: { CI: "true" } }, "ci"],
    ["without standard error", { stderr: "ignore" }, "no_terminal"],
  ])("%s is told before a code is asked for", async (_, options, detail) => {
    await using authority = await start();
    const run = await authority.signIn("default", options);
    const unavailable = { name: "CredentialUnavailableError", code: "unsupported", detail };
    expect(run.lines).toMatchObject([unavailable, {}]);
    expect([run.exitCode, authority.deviceCodes]).toEqual([0, []]);
  });

  test("because standard error is closed is told at once, and lives on", async () => {
    await using authority = await start();
    const run = await authority.signIn("default", { stderr: "closed", env: { AZURE_LOG_LEVEL: "verbose" } });
    const unavailable = { name: "CredentialUnavailableError", code: "unsupported", detail: "not_shown" };
    expect(run.lines).toMatchObject([unavailable, {}]);
    expect([run.exitCode, authority.emulator.count("poll")]).toEqual([0, 0]);
  });

  test.runIf(existsSync("/dev/full"))(
    "because standard error is full is told at once, and lives on",
    async () => {
      await using authority = await start();
      const full = openSync("/dev/full", "w");
      const run = await authority.signIn("default", { stderr: full, env: { AZURE_LOG_LEVEL: "verbose" } });
      closeSync(full);
      const unavailable = { name: "CredentialUnavailableError", code: "unsupported", detail: "not_shown" };
      expect(run.lines).toMatchObject([unavailable, {}]);
      expect([run.exitCode, authority.emulator.count("poll")]).toEqual([0, 0]);
    },
  );

  test("signs in all the same where it shows the code itself", async () => {
    await using authority = await start();
    const { person } = authority.emulator;
    const run = await authority.signIn("callback", {
      env: { CI: "true" },
      stderr: "ignore",
      onLine: ({ info }) => void (info && person.answerDeviceCode(info as DeviceCodeInfo)),
    });
    expect(run.lines).toMatchObject([{ info: {} }, { expiresOnTimestamp: expect.any(Number) as number }, {}]);
  });
});

test("an import loads neither MSAL nor any other package, nor Node's network modules", async () => {
  const { lines } = await runProgram("import");
  const { files, builtins } = lines[0] as Record<"files" | "builtins", string[]>;
  expect(files.some((url) => url.endsWith("/device-code/dist/index.mjs"))).toBe(true);
  expect(files.filter((url) => !/\/packages\/(core|device-code)\/dist\//.test(url))).toEqual([]);
  expect(
    builtins.filter((name) => /NativeModule (https?|net|tls|dns|crypto|child_process)$/.test(name)),
  ).toEqual([]);
});
