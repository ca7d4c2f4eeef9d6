import { randomBytes } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { bytes, failureOf, temporaryFolder, text } from "../../test/support/cache-fixture.ts";
import { fixedKeyStore } from "../../test/support/fixed-key-store.ts";
import { MemoryKeyStore } from "../../test/support/memory-key-store.ts";
import { cacheError } from "../cache-error.ts";
import type { CacheWarning } from "../cache-warning.ts";
import type { KeyItem, KeyStore } from "../keys/key-store.ts";
import { openFileCache, type FileCacheSettings } from "./open-file-cache.ts";

let directory: string;
let warnings: CacheWarning[];
beforeEach(async () => {
  directory = await temporaryFolder();
  warnings = [];
});

function open(settings: Partial<FileCacheSettings> = {}): ReturnType<typeof openFileCache> {
  return openFileCache({
    name: "test",
    protection: "require",
    directory,
    warn: (warning) => warnings.push(warning),
    lockTimeoutInMs: 1000,
    keyStore: undefined,
    key: undefined,
    ...settings,
  });
}

function environment(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const NO_KEYRING = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined };

describe("the key of a cache is kept", () => {
  test("by the store that is given, under the names of service and cache, opened at the first need", async () => {
    const items: KeyItem[] = [];
    const keyStore = (item: KeyItem): KeyStore => (items.push(item), fixedKeyStore());
    const store = open({ keyStore, directory: undefined });
    expect(items).toEqual([]);
    environment({ XDG_STATE_HOME: directory, LOCALAPPDATA: directory, HOME: directory });
    await store.write("key", bytes("content"));
    await store.read("key");
    expect(items).toEqual([{ service: "Entrada token cache", account: "test" }]);
  });

  test("by that store, whatever the environment says", async () => {
    environment({ ENTRADA_CACHE_PASSPHRASE: "a passphrase" });
    const memory = new MemoryKeyStore();
    await open({ keyStore: () => memory }).write("key", bytes("content"));
    expect(memory.secret).toMatch(/^entrada:1:/);
  });

  test("in a file beside the accounts with the key that is given, before that of the environment", async () => {
    environment({ ...NO_KEYRING, ENTRADA_CACHE_PASSPHRASE: "a passphrase" });
    const key = randomBytes(32);
    await open({ key }).write("key", bytes("content"));
    expect(await readdir(join(directory, "test.accounts"))).toContain("key");
    expect(text(await open({ key }).read("key"))).toBe("content");
    expect(await failureOf(open().read("key"))).toMatchObject({ detail: "cache_unreadable" });
    await open({ key }).clear();
    expect(await readdir(join(directory, "test.accounts"))).not.toContain("key");
  });

  test("with that of the environment, where none is given", async () => {
    environment({ ...NO_KEYRING, ENTRADA_CACHE_PASSPHRASE: "a passphrase" });
    await open().write("key", bytes("content"));
    expect(text(await open({ key: { passphrase: "a passphrase" } }).read("key"))).toBe("content");
  });

  test("always, where a key was given: without it nothing is stored, though a key is only preferred", async () => {
    const key = { file: join(directory, "none") };
    const store = open({ key, protection: "prefer" });
    expect(await failureOf(store.write("key", bytes("content")))).toMatchObject({
      detail: "cache_no_encryption",
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test("or not, where one is only preferred and there is no store: that is told", async () => {
    const absent = new MemoryKeyStore();
    absent.failure = cacheError("cache_no_encryption", "No keyring", "Install one");
    const keyStore = (): KeyStore => absent;
    await open({ keyStore, protection: "prefer" }).write("key", bytes("content"));
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(["cache_plain"]));
    expect(await failureOf(open({ keyStore }).read("key"))).toBe(absent.failure);
  });

  test("by a store that is given up after 10 s", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
    onTestFinished(() => void vi.useRealTimers());
    const hanging = new MemoryKeyStore();
    hanging.hangs = true;
    let failure: Error | undefined;
    const reading = failureOf(open({ keyStore: () => hanging }).read("key")).then(
      (error) => (failure = error),
    );
    while (hanging.calls === 0) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(9999);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await reading;
    expect(failure).toMatchObject({
      detail: "cache_unreadable",
      message: expect.stringContaining("within 10 s") as string,
    });
  });
});

describe("one process at a time asks a person", () => {
  const keyStore = (): KeyStore => fixedKeyStore();

  test("for one account, and another for another", async () => {
    const order: string[] = [];
    let second: Promise<void> | undefined;
    await open({ keyStore }).withPromptLock!("a", async () => {
      await new Promise<void>((onHeld) => {
        second = open({ keyStore }).withPromptLock!("a", async () => void order.push("second"), { onHeld });
      });
      await open({ keyStore }).withPromptLock!("b", async () => void order.push("another"));
      // Saving goes on meanwhile.
      await open({ keyStore }).write("a", bytes("saved"));
      order.push("first");
    });
    await second;
    expect(order).toEqual(["another", "first", "second"]);
    expect(text(await open({ keyStore }).read("a"))).toBe("saved");
  });

  test("and shows not for whom", async () => {
    await open({ keyStore }).withPromptLock!("secret-marker", () => Promise.resolve());
    expect((await readdir(directory, { recursive: true })).join()).not.toContain("marker");
  });
});

describe("the accounts of an earlier version", () => {
  const keyStore = (): KeyStore => fixedKeyStore();

  test("cost no lock, and nothing that writes, where there are none", async () => {
    expect(await open({ keyStore }).read("key")).toBeUndefined();
    expect(await open({ keyStore }).list()).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });

  test("are looked for in the file beside the folder", async () => {
    await writeFile(join(directory, "test.cache"), "junk", { mode: 0o600 });
    expect(await open({ keyStore }).list()).toEqual([]);
    expect(warnings.map(({ code }) => code)).toContain("cache_corrupt");
  });
});
