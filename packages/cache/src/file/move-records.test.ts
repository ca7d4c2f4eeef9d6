import fs from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { TokenCacheEntry, TokenCacheStore } from "@entrada/core";
import { bytes, failureOf, temporaryFolder, text } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { cacheError } from "../cache-error.ts";
import { unpackRecord } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { unseal } from "../sealed/sealed-format.ts";
import { cachePath } from "./cache-path.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { moveRecords } from "./move-records.ts";
import { readSealedFile } from "./read-sealed-file.ts";

let path: FolderPath;
beforeEach(async () => {
  path = folderPath(cachePath("test", await temporaryFolder(), () => ""));
  await mkdir(path.asideDirectory, { recursive: true });
});

/** What an earlier version has kept. */
function before(records: ReadonlyMap<string, Uint8Array>): TokenCacheStore {
  const entries = [...records.keys(), "signed out"].map((key): TokenCacheEntry => ({
    key,
    label: `label of ${key}`,
  }));
  const store: Pick<TokenCacheStore, "list" | "read"> = {
    list: () => Promise.resolve(entries),
    read: (key) => Promise.resolve(records.get(key)),
  };
  return store as TokenCacheStore;
}

const ACCOUNTS = new Map(["a", "b"].map((key) => [key, bytes(`of ${key}`)]));
const fileOf = (key: string, dataKey = FIXED_KEY): string => join(path.directory, recordName(dataKey, key));

test("each account becomes a record, sealed, that says whose it is; one without content becomes none", async () => {
  const moved = await moveRecords(path, FIXED_KEY, before(ACCOUNTS));
  expect(moved).toEqual(
    ["a", "b"].map((key) => ({ name: recordName(FIXED_KEY, key), entry: { key, label: `label of ${key}` } })),
  );
  for (const key of ["a", "b"]) {
    const { header, rest } = (await readSealedFile(fileOf(key), undefined, () => {}))!;
    const { entry, data } = unpackRecord(unseal(header, rest!, FIXED_KEY));
    expect([entry, text(data)]).toEqual([{ key, label: `label of ${key}` }, `of ${key}`]);
    expect(header.generation).toBe(1n);
  }
  expect((await readdir(path.directory)).length).toBe(3);
  expect(await readdir(path.asideDirectory)).toEqual([]);
});

test("where there is no key it is not sealed", async () => {
  const [moved] = await moveRecords(path, undefined, before(ACCOUNTS));
  expect(moved?.name).toBe(recordName(undefined, "a"));
  expect((await readFile(join(path.directory, moved!.name))).includes("of a")).toBe(true);
});

test("a record that is there already is newer, and stays", async () => {
  await writeFile(fileOf("a"), "newer");
  const moved = await moveRecords(path, FIXED_KEY, before(ACCOUNTS));
  expect(moved.map(({ entry }) => entry.key)).toEqual(["b"]);
  expect(await readFile(fileOf("a"), "utf8")).toBe("newer");
});

test("of what is damaged nothing is moved; what cannot be read now stops it", async () => {
  const damaged = cacheError("cache_corrupt", "Damaged", "Sign in again");
  const locked = cacheError("cache_unreadable", "Locked", "Unlock it");
  const failing = (fault: Error): TokenCacheStore =>
    ({
      list: () => Promise.reject(fault),
      read: () => Promise.reject(new Error("Nothing of it is read")),
    }) as unknown as TokenCacheStore;
  expect(await moveRecords(path, FIXED_KEY, failing(damaged))).toEqual([]);
  expect(await failureOf(moveRecords(path, FIXED_KEY, failing(locked)))).toBe(locked);
});

describe("what was moved is on the disk before it counts", () => {
  test.runIf(process.platform !== "win32")("files first, then their folder", async () => {
    const synced: string[] = [];
    const { fsync } = fs;
    const syncing = vi.spyOn(fs, "fsync").mockImplementation((descriptor, done) => {
      synced.push(fs.fstatSync(descriptor).isDirectory() ? "folder" : "file");
      fsync(descriptor, done);
    });
    onTestFinished(() => syncing.mockRestore());
    await moveRecords(path, FIXED_KEY, before(ACCOUNTS));
    expect(synced).toEqual(["file", "file", "folder"]);
  });

  test.each<[string, (name: string) => void]>([
    ["is gone", (name) => fs.unlinkSync(name)],
    ["is damaged", (name) => fs.writeFileSync(name, "junk")],
    ["is another", (name) => fs.copyFileSync(fileOf("b"), name)],
  ])("and is read back: one that %s stops it", async (_, spoil) => {
    const { fsync } = fs;
    let count = 0;
    const syncing = vi.spyOn(fs, "fsync").mockImplementation((descriptor, done) => {
      // The last that happens before they are read back: the folder, or on Windows the second file.
      count += 1;
      if (count === (process.platform === "win32" ? 2 : 3)) spoil(fileOf("a"));
      fsync(descriptor, done);
    });
    onTestFinished(() => syncing.mockRestore());
    expect(await failureOf(moveRecords(path, FIXED_KEY, before(ACCOUNTS)))).toMatchObject({ code: "cache" });
  });

  test("an account that has been signed out meanwhile stops it, too", async () => {
    const records = new Map(ACCOUNTS);
    const store = before(records);
    let reads = 0;
    const leaving = {
      ...store,
      read: (key: string) => (++reads > 3 ? Promise.resolve(undefined) : store.read(key)),
    };
    expect(await failureOf(moveRecords(path, FIXED_KEY, leaving as TokenCacheStore))).toMatchObject({
      detail: "cache_unwritable",
      message: expect.stringMatching(/could not be moved.*the earlier file is as it was/) as string,
    });
  });
});
