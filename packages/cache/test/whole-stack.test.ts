import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentialProcess, type CredentialProcess } from "./support/credential-process.ts";

const PROCESSES = 8;
// With ENTRADA_STRESS 800 tokens are acquired in all, otherwise as many as a quick run allows.
const TOKENS_EACH = process.env["ENTRADA_STRESS"] ? 100 : 12;
const APIS = Array.from({ length: TOKENS_EACH }, (_, index) => `https://api-${index}.example`);

// One sign-in, and then what happens to it, step by step.
describe("credentials in 8 processes over one cache", { timeout: 120_000 }, () => {
  let emulator: Emulator;
  let folder: string;
  let processes: CredentialProcess[];
  const started: CredentialProcess[] = [];
  const start = (): CredentialProcess => {
    const each = credentialProcess(emulator, join(folder, "ca.pem"), join(folder, "cache"));
    started.push(each);
    return each;
  };

  beforeAll(async () => {
    emulator = await startEmulator({
      resources: APIS.map((uri) => ({ uri, appId: randomUUID(), name: uri, scopes: ["user_impersonation"] })),
    });
    folder = await mkdtemp(join(tmpdir(), "entrada-cache-"));
    await writeFile(join(folder, "ca.pem"), emulator.certificateAuthority);
    const first = start();
    await first.getToken("https://management.azure.com/.default", { mayAsk: true });
    await first.end();
    processes = Array.from({ length: PROCESSES }, start);
  }, 240_000);

  afterAll(async () => {
    await Promise.all(started.map((each) => each.end()));
    await emulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  }, 240_000);

  test("one person was asked once, and all are signed in", async () => {
    expect(emulator.person.visits).toHaveLength(1);
    for (const each of processes) expect(await each.accounts()).toEqual(["ada@contoso.example"]);
  });

  test("the same new token takes one request", async () => {
    const before = emulator.count("refresh");
    const tokens = await Promise.all(processes.map((each) => each.getToken(scopeOf(0))));
    expect(new Set(tokens).size).toBe(1);
    expect(emulator.count("refresh") - before).toBe(1);
  });

  test("of all the tokens none is lost: a new process has each from the cache", async () => {
    const before = emulator.count("refresh");
    const acquired = await Promise.all(
      processes.map((each, index) => inTurn((n) => each.getToken(scopeOf(n + index * 3)))),
    );
    expect(acquired.flat()).toHaveLength(PROCESSES * TOKENS_EACH);
    expect(emulator.count("refresh") - before).toBe(TOKENS_EACH - 1);
    const requests = emulator.requests.length;
    const fresh = start();
    const kept = await inTurn((n) => fresh.getToken(scopeOf(n)));
    expect(new Set(kept)).toEqual(new Set(acquired[0]));
    expect(emulator.requests).toHaveLength(requests);
  });

  test("a sign-out holds, though the others are saving at the time", async () => {
    const [leaving, ...others] = processes;
    const saving = others.map((each) =>
      // Those that come after the sign-out are refused.
      Promise.allSettled(APIS.map((_, n) => each.getToken(`${APIS[n]}/user_impersonation`))),
    );
    await leaving!.signOut();
    await Promise.all(saving);
    const fresh = start();
    expect(await fresh.accounts()).toEqual([]);
    await expect(fresh.getToken(scopeOf(0))).rejects.toThrow("authentication_required");
  });
});

function scopeOf(n: number): string {
  return `${APIS[n % APIS.length]}/.default`;
}

async function inTurn<T>(work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < TOKENS_EACH; index++) results.push(await work(index));
  return results;
}
