import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Run, Said } from "./second-run.ts";

const PROGRAM = fileURLToPath(new URL("second-run.ts", import.meta.url));

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator?.[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "entrada-examples-"));
  await writeFile(join(folder, "ca.pem"), emulator.certificateAuthority);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One process; what it said, the URLs left out. */
async function run(settings: Partial<Run> = {}): Promise<readonly Said[]> {
  const child = fork(PROGRAM, {
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
      RUN: JSON.stringify({
        authorityHost: emulator.authorityHost,
        recordFile: join(folder, "record.json"),
        ...settings,
      } satisfies Run),
    },
  });
  const said: Said[] = [];
  child.on("message", (message: Said) => {
    if ("url" in message) void emulator.person.openBrowser(message.url);
    else said.push(message);
  });
  const [code] = (await once(child, "exit")) as [number];
  expect(code).toBe(0);
  return said;
}

test("a second process asks nobody when record and token cache were kept", async () => {
  const cacheDirectory = join(folder, "cache");

  expect(await run({ cacheDirectory })).toEqual([
    { line: "Asking ..." },
    { line: "Signed in as ada@contoso.example" },
  ]);
  expect(await run({ cacheDirectory })).toEqual([{ line: "Still signed in as ada@contoso.example" }]);
});

test("the token cache alone is enough: the account that signed in last is used", async () => {
  const cacheDirectory = join(folder, "cache");
  await run({ cacheDirectory });
  await rm(join(folder, "record.json"));
  const before = emulator.requests.length;
  expect(await run({ cacheDirectory })).toEqual([{ line: "Signed in as ada@contoso.example" }]);
  expect(emulator.requests).toHaveLength(before);
});

test("with the record alone a second process asks again, for the account of the record", async () => {
  await run();
  expect(await run()).toEqual([{ line: "Asking ..." }, { line: "Still signed in as ada@contoso.example" }]);
});

test("with the record alone another account is refused", async () => {
  await run();
  emulator.person.script({ action: "approve", account: "grace@contoso.example" });
  expect(await run()).toEqual([{ line: "Asking ..." }, { failed: "account_mismatch" }]);
});

test("the record is a plain file without a secret", async () => {
  await run();
  expect(JSON.parse(await readFile(join(folder, "record.json"), "utf8"))).toEqual({
    authority: new URL(emulator.authorityHost).host,
    clientId: emulator.defaults.clientId,
    homeAccountId: `${emulator.defaults.account.objectId}.${emulator.defaults.account.tenantId}`,
    tenantId: emulator.defaults.tenantId,
    username: "ada@contoso.example",
    version: "1.0",
  });
});
