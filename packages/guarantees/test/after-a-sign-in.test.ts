import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@entrada/emulator";
import { expect, test } from "vitest";

/** Runs a program that signs in; the scripted person answers it. @returns what its last line says */
async function run(program: string): Promise<Readonly<Record<string, unknown>>> {
  await using emulator = await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), "entrada-ca-"));
  const authorities = join(folder, "ca.pem");
  writeFileSync(authorities, emulator.certificateAuthority);
  const file = fileURLToPath(new URL(`programs/${program}`, import.meta.url));
  const child = spawn(process.execPath, ["--expose-gc", file], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authorities, AZURE_AUTHORITY_HOST: emulator.authorityHost },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let opened = false;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    const url = /^open (\S+)\n/m.exec(output)?.[1];
    if (opened || url === undefined) return;
    opened = true;
    void emulator.person.openBrowser(url);
  });
  await once(child, "close");
  rmSync(folder, { recursive: true });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Readonly<Record<string, unknown>>;
}

test("no diagnostics channel and no performance entry of Node.js has a secret of a sign-in", async () => {
  const { told, secrets, leaks } = await run("told-by-node.mjs");
  expect(leaks).toEqual([]);
  expect(secrets).toBe(5);
  expect(told).toBeGreaterThan(10);
});

test("of a sign-in nothing is left on the heap but its tokens: no code, verifier, state or nonce", async () => {
  const { known, found } = await run("left-on-the-heap.mjs");
  expect(known).toBe(5);
  expect(found).toEqual(["control"]);
});
