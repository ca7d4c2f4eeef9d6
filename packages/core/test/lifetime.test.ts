import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";

const entry = new URL("../dist/index.mjs", import.meta.url).href;

let emulator: Emulator;
let folder: string;
let authorities: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "entrada-ca-"));
  authorities = join(folder, "ca.pem");
  writeFileSync(authorities, emulator.certificateAuthority);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await emulator[Symbol.asyncDispose]();
});

interface Ending {
  readonly code: number | null;
  readonly output: string;
  /** From the last output to the end of the process, in ms. */
  readonly lingering: number;
}

/** Runs a program that has a credential `c`; each address it opens goes to the scripted person, what it asks to us. */
function run(program: string, options: string = "", answer?: () => Promise<string>): Promise<Ending> {
  const code = `
    import { InteractiveBrowserCredential } from ${JSON.stringify(entry)};
    const openBrowser = (url) => console.log("open " + url);
    const c = new InteractiveBrowserCredential({ authorityHost: ${JSON.stringify(emulator.authorityHost)}, openBrowser, ${options} });
    ${program}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authorities },
  });
  let output = "";
  let last = performance.now();
  const read = (chunk: Buffer): void => {
    last = performance.now();
    output += chunk.toString();
    const url = /open (\S+)\n/.exec(chunk.toString())?.[1];
    if (url) void emulator.person.openBrowser(url);
    if (chunk.toString().includes("?\n")) void answer?.().then((text) => child.stdin.end(text));
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  return new Promise((resolve) =>
    child.on("close", (exit) => resolve({ code: exit, output, lingering: performance.now() - last })),
  );
}

// Five runs of a process that a handle keeps for seconds.
const MEASURED = { timeout: 240_000 };

test("a process ends by itself right after its last output", MEASURED, async () => {
  await expectWithin(200, async () => {
    const { code, output, lingering } = await run(`
      await c.getToken("https://management.azure.com/.default");
      await c.getToken("https://storage.azure.com/.default");
      console.log("done");`);
    expect([code, output.trim().split("\n").at(-1)]).toEqual([0, "done"]);
    return lingering;
  });
});

test("a process does not end while the person is asked, though nothing else is alive", async () => {
  emulator.person.script({ action: "approve", delayInMs: 300 });
  const { code, output } = await run(
    `const t = await c.getToken("https://management.azure.com/.default"); console.log(typeof t.token);`,
  );
  expect([code, output.trim().split("\n").at(-1)]).toEqual([0, "string"]);
});

test("a sign-in that timed out leaves nothing that keeps the process", MEASURED, async () => {
  await expectWithin(200, async () => {
    emulator.person.script({ action: "close" });
    const { code, output, lingering } = await run(
      `await c.getToken("https://management.azure.com/.default").catch((e) => console.log(e.code));`,
      "timeoutInMs: 200",
    );
    expect([code, output.trim().split("\n").at(-1)]).toEqual([0, "timeout"]);
    return lingering;
  });
});

test("an aborted sign-in leaves nothing that keeps the process", async () => {
  emulator.person.script({ action: "close" });
  const { code, output } = await run(`
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    await c.getToken("https://management.azure.com/.default", { abortSignal: controller.signal }).catch((e) => console.log(e.name));`);
  expect([code, output.trim().split("\n").at(-1)]).toEqual([0, "AbortError"]);
});

test(
  "a renewal that hangs keeps no process once its caller was served the present token",
  MEASURED,
  async () => {
    emulator.script({ on: "refresh", times: Infinity, never: true });
    await expectWithin(200, async () => {
      const { code, output, lingering } = await run(`
      const scope = "https://management.azure.com/.default";
      await c.getToken(scope);
      // By the wall clock the token has only minutes left.
      const { now } = Date;
      Date.now = () => now() + 57 * 60_000;
      await c.getToken(scope);
      console.log("done");`);
      expect([code, output.trim().split("\n").at(-1)]).toEqual([0, "done"]);
      return lingering;
    });
  },
);

test("a background refresh that hangs keeps no process", MEASURED, async () => {
  // In its last hour the token is served while a renewal that nobody waits for never comes.
  emulator.script({
    on: "redeem",
    times: Infinity,
    mutate: (answer) => ({ ...answer, body: { ...(answer.body as object), refresh_in: 1 } }),
  });
  emulator.script({ on: "refresh", times: Infinity, never: true });
  await expectWithin(200, async () => {
    const before = emulator.count("refresh");
    const hanging = async (): Promise<string> => {
      await vi.waitUntil(() => emulator.count("refresh") > before, { timeout: 60_000 });
      return "It hangs.";
    };
    const { code, output, lingering } = await run(
      `
      const scope = "https://management.azure.com/.default";
      await c.getToken(scope);
      // By the wall clock the token's refresh_in of 1 s is over.
      const { now } = Date;
      Date.now = () => now() + 1100;
      await c.getToken(scope);
      console.log("Does the renewal hang?");
      for await (const answer of process.stdin);
      console.log("done");`,
      "",
      hanging,
    );
    expect([code, output.trim().split("\n").at(-1)]).toEqual([0, "done"]);
    expect(emulator.count("refresh")).toBe(before + 1);
    return lingering;
  });
});
