import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { expectWithin, timeOf } from "../../../tools/measure/expect-within.ts";
import {
  bytes,
  failureOf,
  filesIn,
  RECORD_NAME,
  save,
  temporaryFolder,
  text,
} from "./support/cache-fixture.ts";
import { fixedKeyStore } from "./support/fixed-key-store.ts";
import { startChild } from "./support/run-child.ts";
import { oneRecord } from "./support/one-record.ts";
import { openRecord } from "./support/open-record.ts";

const STRESS = fileURLToPath(new URL("../scripts/stress.mjs", import.meta.url));

describe("processes that share a cache", () => {
  test(
    "lose nothing and read nothing bad, 8 that save one account or one each and 4 that read",
    { timeout: 120_000 },
    async () => {
      const args = ["share", "--writers", "8", "--writes", "15", "--readers", "4"];
      for (const more of [[], ["--apart"]]) {
        const figures = await stress([...args, ...more]);
        expect(figures).toMatchObject({ writes: 120, lost: 0, badReads: 0, failed: 0, broken: 0 });
      }
    },
  );

  test.each([
    ["one account", 200, []],
    ["an account of each", 100, ["--apart"]],
  ] as const)(
    "lose nothing to kill -9 while they save %s, %i times, and no lock stays",
    { timeout: 240_000 },
    async (_, kills, more) => {
      const figures = await stress(["kill", "--kills", String(kills), ...more]);
      // A lock that nobody lets go would be waited for until the limit of 10 s, and count as stuck.
      expect(figures).toMatchObject({ kills, lost: 0, broken: 0, stuck: 0 });
      expect(figures["writes"]).toBeGreaterThan(kills / 2);
    },
  );
});

describe("the lock of an account that another process holds", () => {
  test("is waited for and then named with its owner's pid; its file stays as it is, and other accounts are saved", async () => {
    const { directory, cache } = await sharedCache({ lockTimeoutInMs: 100 });
    await save(cache, "kept");
    const before = await readFile(join(directory, "test.accounts", RECORD_NAME));
    const holder = startChild("hold", [directory]);
    expect(await holder.firstLine).toBe("held");
    const failure = await failureOf(save(cache, "lost"));
    expect(failure).toMatchObject({ code: "cache", detail: "cache_locked", retryable: true });
    if (process.platform !== "darwin") expect(failure.message).toContain(`process ${holder.process.pid} `);
    expect(await readFile(join(directory, "test.accounts", RECORD_NAME))).toEqual(before);
    expect(text(await cache.read())).toBe("kept");
    const other = oneRecord(cache.store, "another account");
    await save(other, "not held");
    expect(text(await other.read())).toBe("not held");
    holder.process.stdin!.end();
    expect(await holder.exitCode).toBe(0);
    await save(cache, "goes on");
  });

  test("ends with its owner, however that ends", async () => {
    await expectWithin(1000, async () => {
      const { directory, cache } = await sharedCache();
      const holder = startChild("hold", [directory]);
      await holder.firstLine;
      const waiting = save(cache, "taken over");
      holder.process.kill("SIGKILL");
      return timeOf(() => waiting);
    });
  });

  test("is given up within 100 ms when the signal aborts", async () => {
    const { directory, cache } = await sharedCache();
    const holder = startChild("hold", [directory]);
    await holder.firstLine;
    const giveUp = async (): Promise<void> => {
      const abort = new AbortController();
      const failure = failureOf(cache.withLock(() => Promise.resolve(), { signal: abort.signal }));
      abort.abort();
      expect(await failure).toMatchObject({ name: "AbortError" });
    };
    await expectWithin(100, () => timeOf(giveUp));
  });

  test("is one per cache and folder", async () => {
    const { directory } = await sharedCache();
    const holder = startChild("hold", [directory]);
    await holder.firstLine;
    const options = { keyStore: fixedKeyStore, lockTimeoutInMs: 2000 };
    const others = [
      openRecord({ ...options, name: "other", directory }),
      openRecord({ ...options, name: "test", directory: await temporaryFolder() }),
    ];
    for (const other of others) {
      await save(other, "x");
      expect(text(await other.read())).toBe("x");
    }
  });
});

test.runIf(process.platform === "linux")(
  "no other user, temp name, argument or variable tells a token",
  async () => {
    const { directory, cache } = await sharedCache();
    await cache.withLock(async () => {
      await cache.read();
      await cache.write(bytes("secret-marker"));
      for (const source of ["cmdline", "environ"]) {
        expect((await readFile(`/proc/self/${source}`, "latin1")).includes("secret-marker")).toBe(false);
      }
      expect((await readFile("/proc/net/unix", "latin1")).includes("secret-marker")).toBe(false);
    });
    await writeFile(join(directory, "other"), "");
    for (const name of await filesIn(directory)) {
      expect(name).not.toContain("secret-marker");
      expect((await readFile(join(directory, name))).includes("secret-marker")).toBe(false);
    }
  },
);

async function sharedCache(options: { readonly lockTimeoutInMs?: number } = {}) {
  const directory = await temporaryFolder();
  return {
    directory,
    cache: openRecord({ name: "test", directory, keyStore: fixedKeyStore, ...options }),
  };
}

async function stress(args: readonly string[]): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)(process.execPath, [STRESS, ...args]);
  return JSON.parse(stdout) as Record<string, number>;
}
