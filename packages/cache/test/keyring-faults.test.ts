import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectWithin, timeOf } from "../../../tools/measure/expect-within.ts";
import { cacheError } from "../src/cache-error.ts";
import { DataKeys } from "../src/keys/data-keys.ts";
import { limitedKeyStore } from "../src/keys/limited-key-store.ts";
import { bytes, cacheFixture, failureOf, filesIn, RECORD_NAME, save, text } from "./support/cache-fixture.ts";
import { recordName } from "../src/sealed/record-name.ts";
import { oneRecord, RECORD_KEY } from "./support/one-record.ts";
import { MemoryKeyStore } from "./support/memory-key-store.ts";
import { startChild } from "./support/run-child.ts";

const absent = (): Error => cacheError("cache_no_encryption", "No keyring", "Install one");
const locked = (): Error => cacheError("cache_unreadable", "The keyring is locked", "Unlock it");

describe("without a keyring", () => {
  test("a cache that requires one fails when it is first read, and stores nothing", async () => {
    const { open, keys, names } = await cacheFixture();
    keys.failure = absent();
    expect(await failureOf(open().read())).toMatchObject({ code: "cache", detail: "cache_no_encryption" });
    expect(await failureOf(save(open(), "x"))).toMatchObject({ detail: "cache_no_encryption" });
    expect(await names()).toEqual([]);
  });

  test("a process with a real one missing gets the error, and goes on", async () => {
    const { directory } = await cacheFixture();
    const { DBUS_SESSION_BUS_ADDRESS: _, XDG_RUNTIME_DIR: __, ...env } = process.env;
    const child = startChild("real-keyring", [directory, "require"], { env });
    expect(JSON.parse(await child.output)).toMatchObject({ error: "cache_no_encryption", stillRuns: true });
    expect(await child.exitCode).toBe(0);
  });

  test("a cache that only prefers one keeps a private file without encryption, and says so once", async () => {
    const { directory, open, keys, warnings } = await cacheFixture();
    keys.failure = absent();
    const cache = open({ protection: "prefer" });
    await save(cache, "one");
    await save(cache, "two");
    expect(await holds(directory, "two")).toBe(true);
    expect(text(await open({ protection: "prefer" }).read())).toBe("two");
    expect(warnings.map(({ code }) => code)).toEqual(["cache_plain"]);
  });

  test("the file is encrypted as soon as there is one", async () => {
    const { directory, open, keys, warnings } = await cacheFixture();
    keys.failure = absent();
    await save(open({ protection: "prefer" }), "plain-marker");
    await save(oneRecord(open({ protection: "prefer" }).store, "another account"), "another");
    expect(await holds(directory, "plain-marker")).toBe(true);
    keys.failure = undefined;
    const cache = open();
    expect(text(await cache.read())).toBe("plain-marker");
    await save(cache, "plain-marker");
    expect(await holds(directory, "plain-marker")).toBe(false);
    const keysOf = async () => (await open().store.list()).map(({ key }) => key).sort();
    expect(await keysOf()).toEqual(["another account", RECORD_KEY]);
    await open().store.remove("another account");
    expect(await keysOf()).toEqual([RECORD_KEY]);
    expect(text(await open({ protection: "prefer" }).read())).toBe("plain-marker");
    expect(warnings.map(({ code }) => code)).toEqual(["cache_plain", "cache_plain", "cache_plain"]);
  });

  test("an account whose process ended between its encrypted file and its old one is one account, as it is now", async () => {
    const { folder, open, keys } = await cacheFixture();
    keys.failure = absent();
    const { store } = open({ protection: "prefer" });
    await store.write(RECORD_KEY, bytes("old"), "old label");
    const plainFile = join(folder, recordName(undefined, RECORD_KEY));
    const plain = await readFile(plainFile);
    keys.failure = undefined;
    await open().store.write(RECORD_KEY, bytes("new"), "new label");
    await writeFile(plainFile, plain, { mode: 0o600 });
    for (const reader of [open(), open()]) {
      expect(await reader.store.list()).toEqual([{ key: RECORD_KEY, label: "new label" }]);
      expect(text(await reader.read())).toBe("new");
    }
  });

  test("an encrypted file stays what it is", async () => {
    const { file, open, keys } = await cacheFixture();
    await save(open(), "x");
    const before = await readFile(file);
    keys.failure = absent();
    expect(await failureOf(save(open(), "y"))).toMatchObject({ detail: "cache_no_encryption" });
    const preferring = save(open({ protection: "prefer" }), "y");
    expect(await failureOf(preferring)).toMatchObject({ detail: "cache_unreadable" });
    expect(await readFile(file)).toEqual(before);
  });
});

describe("with a keyring that does not serve", () => {
  test.each<[string, (keys: MemoryKeyStore) => void]>([
    ["locked, or its question was cancelled", (keys) => void (keys.failure = locked())],
    ["reset, so that the key is lost", (keys) => void (keys.secret = undefined)],
    ["of another machine, with another key", (keys) => void (keys.secret = `entrada:1:${"A".repeat(64)}`)],
    ["one whose item somebody else has written", (keys) => void (keys.secret = "junk")],
  ])("it is %s: typed, and the file is kept", async (_, spoil) => {
    const { file, open, keys, names } = await cacheFixture();
    await save(open(), "kept");
    const before = await readFile(file);
    const good = keys.secret;
    spoil(keys);
    for (const protection of ["require", "prefer"] as const) {
      expect(await failureOf(open({ protection }).read())).toMatchObject({ detail: "cache_unreadable" });
      expect(await failureOf(save(open({ protection }), "lost"))).toMatchObject({
        detail: "cache_unreadable",
      });
    }
    expect(await readFile(file)).toEqual(before);
    expect(await names()).toContain(join("test.accounts", RECORD_NAME));
    expect((await names()).filter((name) => name.includes("corrupt"))).toEqual([]);
    keys.failure = undefined;
    keys.secret = good;
    expect(text(await open().read())).toBe("kept");
  });

  test("a locked one never makes an unencrypted file", async () => {
    const { open, keys, names } = await cacheFixture();
    keys.failure = locked();
    expect(await failureOf(save(open({ protection: "prefer" }), "x"))).toMatchObject({
      detail: "cache_unreadable",
    });
    expect(await names()).toEqual([]);
  });

  test("one that does not keep what it accepts is found out before anything is sealed", async () => {
    const { open, names } = await cacheFixture();
    const forgetful = { read: async () => undefined, write: async () => {}, remove: async () => {} };
    const failure = await failureOf(save(open({ keyStore: () => forgetful }), "x"));
    expect(failure).toMatchObject({
      detail: "cache_unreadable",
      message: expect.stringContaining("did not keep"),
    });
    expect(await names()).toEqual([]);
  });

  test("one that hangs is given up after the limit, and not asked again for a while", async () => {
    await expectWithin(500, async () => {
      const hanging = new MemoryKeyStore();
      hanging.hangs = true;
      let now = 0;
      const store = limitedKeyStore(hanging, 30, () => now);
      const keys = new DataKeys(
        () => store,
        "require",
        () => {},
      );
      const refused = async (): Promise<void> =>
        expect(await failureOf(keys.toOpen(undefined))).toMatchObject({ detail: "cache_unreadable" });
      const took = await timeOf(refused);
      await refused();
      expect(hanging.calls).toBe(1);
      now = 60_001;
      hanging.hangs = false;
      expect(await keys.toOpen(undefined)).toBeUndefined();
      return took;
    });
  });
});

async function holds(directory: string, marker: string): Promise<boolean> {
  const files = await filesIn(directory);
  const contents = await Promise.all(files.map((name) => readFile(join(directory, name))));
  return contents.some((content) => content.includes(marker));
}
