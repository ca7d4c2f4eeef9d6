import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { X509Certificate } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { runCommandLine } from "./command-line.ts";
import { freePort } from "../test/free-port.ts";
import { send } from "../test/raw-client.ts";

async function run(...args: string[]) {
  const printed = { out: "", error: "" };
  const result = await runCommandLine({
    arguments: args,
    out: (text) => (printed.out += text),
    error: (text) => (printed.error += text),
  });
  if ("emulator" in result) onTestFinished(() => result.end());
  return { ...printed, result };
}

test("starts, writes the certificate where it is told, and says how to use it", async () => {
  const directory = await mkdtemp(join(tmpdir(), "entrada-emulator-test-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "ca.pem");
  const { out, error, result } = await run("--ca-file", file);
  if (!("emulator" in result)) throw new Error(error);
  const { authorityHost, certificateAuthority, certificateBundle } = result.emulator;
  // Behind it stand those that NODE_EXTRA_CA_CERTS names here, if it does.
  expect(await readFile(file, "utf8")).toBe(certificateBundle);
  expect(certificateBundle.startsWith(certificateAuthority)).toBe(true);
  expect(new X509Certificate(certificateAuthority).ca).toBe(true);

  for (const line of [
    `NODE_EXTRA_CA_CERTS=${file}`,
    `AZURE_AUTHORITY_HOST=${authorityHost}`,
    `$env:NODE_EXTRA_CA_CERTS = "${file}"`,
  ])
    expect(out).toContain(line);
  expect((await send(result.emulator, "/common/discovery/v2.0/keys")).status).toBe(200);
});

test("ends where the certificate cannot be written: nothing goes on listening", async () => {
  const directory = await mkdtemp(join(tmpdir(), "entrada-emulator-test-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const port = await freePort();
  for (const place of [directory, join(directory, "none", "ca.pem")]) {
    const { out, error, result } = await run("--port", String(port), "--ca-file", place);
    expect([out, result]).toEqual(["", { exitCode: 3 }]);
    expect(error).toMatch(/^The certificate file \(--ca-file\) cannot be written: E/);
  }
  // It would be taken if the first had gone on.
  expect((await run("--port", String(port))).error).toBe("");
});

test.each([
  [["--help"], 0, "--ca-file"],
  [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
])("%s", async (args, exitCode, text) => {
  const { out, error, result } = await run(...args);
  expect(result).toEqual({ exitCode });
  expect(out).toMatch(text);
  expect(error).toBe("");
});

test.each([
  [["--prot", "1"], "--prot"],
  [["--port", "70000"], "0 to 65535"],
  [["--port", "x"], "0 to 65535"],
  [["extra"], "extra"],
  [["--host", "0.0.0.0"], "--i-know"],
])("%s is refused, and says why", async (args, text) => {
  const { out, error, result } = await run(...args);
  expect(result).toEqual({ exitCode: 2 });
  expect(error).toContain(text);
  expect(out).toBe("");
});

test("the temporary file for the certificate goes with the emulator", async () => {
  const { out, result } = await run();
  if (!("emulator" in result)) throw new Error("It must start");
  const file = /NODE_EXTRA_CA_CERTS=(.*)/.exec(out)?.[1] ?? "";
  expect(await readFile(file, "utf8")).toBe(result.emulator.certificateBundle);
  const before = process.listenerCount("exit");
  await result.end();
  expect(existsSync(dirname(file))).toBe(false);
  expect(process.listenerCount("exit")).toBe(before - 1);
});

test("a taken port is said in one line", async () => {
  const { result } = await run();
  if (!("emulator" in result)) throw new Error("The first one must start");
  const second = await run("--port", String(result.emulator.port));
  expect(second.result).toEqual({ exitCode: 3 });
  expect(second.error).toMatch(/^The emulator cannot start: .*EADDRINUSE.*\n$/);
});
