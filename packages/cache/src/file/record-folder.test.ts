import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { blobTokenCache } from "@entrada/core";
import { bytes, failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { MemoryPlace, OneKey } from "../../test/support/memory-place.ts";
import { WritableFile } from "../disk/writable-file.ts";
import { lockFor } from "../lock/lock-for.ts";
import { recordName } from "../sealed/record-name.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { cachePath } from "./cache-path.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { readIndex, type IndexedRecord } from "./listing/record-index.ts";
import { RecordFiles } from "./record-files.ts";
import { RecordFolder } from "./record-folder.ts";

const NOTHING_BEFORE = { records: [], pieces: 0, length: 0 };
const RANDOM = "0123456789abcdef01234567";
const NAME = recordName(FIXED_KEY, "key");
const RECORD: IndexedRecord = { name: NAME, entry: { key: "key", label: "label" } };

let path: FolderPath;
let folder: RecordFolder;
beforeEach(async () => {
  path = folderPath(cachePath("test", await temporaryFolder(), () => ""));
  await mkdir(path.asideDirectory, { recursive: true, mode: 0o700 });
  const warn = (): void => {};
  const files = new RecordFiles({ path: () => path, warn, lockTimeoutInMs: 1000, seenFolder: {} });
  folder = new RecordFolder({ path, open: (key, name) => files.open(key, name), warn });
});

/** What an earlier version has kept. */
function earlierVersion(): ReturnType<typeof blobTokenCache> {
  return blobTokenCache(
    new SealedTokenCache({
      place: new MemoryPlace(),
      keys: new OneKey(FIXED_KEY),
      warn: () => {},
      lockTimeoutInMs: 1000,
    }),
  );
}

async function put(...names: readonly string[]): Promise<void> {
  for (const name of names) await writeFile(join(path.directory, name), "");
}

// Where locks are files, these stay.
const left = async (): Promise<string[]> =>
  (await readdir(path.directory, { recursive: true }))
    .filter((name) => name !== "aside" && !name.endsWith(".lock"))
    .toSorted();

describe("the index", () => {
  test("is added to, and put down anew", async () => {
    await folder.index(FIXED_KEY, [RECORD]);
    await folder.index(FIXED_KEY, [RECORD]);
    expect(await readIndex(path.index, FIXED_KEY)).toMatchObject({ records: [RECORD, RECORD], pieces: 2 });
    await folder.replaceIndex(FIXED_KEY, [RECORD], await readIndex(path.index, FIXED_KEY));
    expect(await readIndex(path.index, FIXED_KEY)).toMatchObject({ records: [RECORD], pieces: 1 });
  });

  test("costs nobody a save where it cannot be written", async () => {
    await mkdir(path.index);
    await folder.index(FIXED_KEY, [RECORD]);
    await folder.replaceIndex(FIXED_KEY, [RECORD], NOTHING_BEFORE);
    expect(await readdir(path.index)).toEqual([]);
  });

  test("does not hide a fault of the program's", async () => {
    const fault = new TypeError("a mistake");
    const writing = vi.spyOn(WritableFile.prototype, "write").mockRejectedValue(fault);
    onTestFinished(() => writing.mockRestore());
    expect(await failureOf(folder.index(FIXED_KEY, [RECORD]))).toBe(fault);
  });
});

describe("taking over", () => {
  test("what an earlier version has kept makes records and an index, where its file is there", async () => {
    const before = earlierVersion();
    await before.write("key", bytes("content"), "label");
    await folder.takeOver(FIXED_KEY, before);
    expect(await left()).toEqual([]);
    await writeFile(path.before, "");
    await folder.takeOver(FIXED_KEY, before);
    expect(await left()).toEqual([NAME, "index"].toSorted());
    expect((await readIndex(path.index, FIXED_KEY)).records).toEqual([RECORD]);
    await folder.takeOver(FIXED_KEY, before);
    expect((await readIndex(path.index, FIXED_KEY)).pieces).toBe(1);
  });

  test("nothing makes no index", async () => {
    await writeFile(path.before, "");
    await folder.takeOver(FIXED_KEY, earlierVersion());
    expect(await left()).toEqual([]);
  });
});

describe("sweeping", () => {
  test("removes what ended saves of records and of the head have left, and nothing else", async () => {
    const others = [
      `${RANDOM}.tmp`,
      `${NAME}.${RANDOM}.tmp2`,
      `${NAME}.${RANDOM}0.tmp`,
      `A.${RANDOM}.tmp`,
      "head.tmp",
    ];
    await put(...others.map((name) => join("aside", name)), `${NAME}.${RANDOM}.tmp`);
    await put(...[NAME, "head", "index"].map((name) => join("aside", `${name}.${RANDOM}.tmp`)));
    await folder.sweep();
    expect(await left()).toEqual(
      [...others.map((name) => join("aside", name)), `${NAME}.${RANDOM}.tmp`].toSorted(),
    );
  });

  test.each(["head", NAME])("leaves what a living process writes: %s", async (name) => {
    await put(join("aside", `${name}.${RANDOM}.tmp`));
    const place = name === "head" ? path.head : path.record(name);
    const lock = lockFor(
      path.directory,
      await prepareDirectory(path.directory),
      place.lockName ?? place.fileName,
    );
    const held = await lock.tryAcquire();
    await folder.sweep();
    expect(await left()).toContain(join("aside", `${name}.${RANDOM}.tmp`));
    await held!.release();
    await folder.sweep();
    expect(await left()).not.toContain(join("aside", `${name}.${RANDOM}.tmp`));
    // The sweep has let go of it.
    const again = await lock.tryAcquire();
    expect(again).toBeDefined();
    await again!.release();
  });

  test.skipIf(process.platform === "win32")(
    "goes by the same locks as saving does, where locks are files",
    async () => {
      vi.spyOn(process, "platform", "get").mockReturnValue("darwin");
      onTestFinished(() => void vi.restoreAllMocks());
      const there = folderPath(cachePath("there", path.directory, () => ""));
      await mkdir(there.asideDirectory, { recursive: true, mode: 0o700 });
      for (const name of ["head", NAME])
        await writeFile(join(there.asideDirectory, `${name}.${RANDOM}.tmp`), "");
      await new RecordFolder({ path: there, open: () => undefined as never, warn: () => {} }).sweep();
      expect((await readdir(there.asideDirectory)).toSorted()).toEqual(
        ["head.lock", `${NAME.slice(0, 3)}.lock`].toSorted(),
      );
    },
  );

  test("removes 200 of them at most, so that no save takes long", async () => {
    const hex = (n: number): string => n.toString(16).padStart(24, "0");
    await put(...Array.from({ length: 203 }, (_, n) => join("aside", `${NAME}.${hex(n)}.tmp`)));
    await folder.sweep();
    expect((await readdir(path.asideDirectory)).filter((name) => name.endsWith(".tmp"))).toHaveLength(3);
  });

  test("that cannot be done costs nobody the save", async () => {
    await mkdir(join(path.asideDirectory, `${NAME}.${RANDOM}.tmp`));
    await folder.sweep();
    expect(await left()).toEqual([join("aside", `${NAME}.${RANDOM}.tmp`)]);
  });
});

describe("removing all", () => {
  test("takes records, index, and what lies aside, and leaves what is not the cache's", async () => {
    const kept = [
      "notes",
      `${NAME}.bak`,
      join("aside", "notes"),
      join("aside", "x.tmp.bak"),
      join("aside", "tmp"),
    ];
    await put(...kept);
    await put(
      NAME,
      "index",
      join("aside", `${NAME}.${RANDOM}.tmp`),
      join("aside", `${NAME}.corrupt-20260102T030405678Z-01234567`),
    );
    await folder.remove();
    expect(await left()).toEqual(kept.toSorted());
    await folder.remove();
  });

  test("is typed where a file of it cannot be removed", async () => {
    await mkdir(path.index);
    expect(await failureOf(folder.remove())).toMatchObject({ code: "cache", detail: "cache_unwritable" });
  });

  test("is done where there is no folder", async () => {
    const none = folderPath(cachePath("none", path.directory, () => ""));
    const empty = new RecordFolder({ path: none, open: () => undefined as never, warn: () => {} });
    expect(await empty.remove()).toBeUndefined();
  });

  test("refuses what is no file of a record, and is typed", async () => {
    await mkdir(join(path.directory, NAME));
    expect(await failureOf(folder.remove())).toMatchObject({ code: "cache", detail: "cache_not_regular" });
  });

  test("whose folder cannot be read is typed", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    const broken = { ...path, directory: file };
    const failing = new RecordFolder({ path: broken, open: () => undefined as never, warn: () => {} });
    expect(await failureOf(failing.remove())).toMatchObject({
      detail: "cache_unwritable",
      cause: { code: "ENOTDIR" },
    });
  });
});
