import fs from "node:fs";
import { chmod, mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { bytes, failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import type { CacheWarning } from "../cache-warning.ts";
import { cachePath, type CachePath } from "./cache-path.ts";
import { FileChanges } from "./file-changes.ts";
import type { FilePlaceParts } from "./file-place-parts.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";

const NAME = "0123456789".repeat(4);
const RANDOM = "0123456789abcdef01234567";
const NOW = new Date("2026-01-02T03:04:05.678Z");
const CONTENT = [bytes("content")];

let root: string;
let warnings: CacheWarning[];
/** Which folders were asked for their file system. */
let asked: string[];
beforeEach(async () => {
  root = await temporaryFolder();
  warnings = [];
  asked = [];
});

function changesOf(path: CachePath, more: Partial<FilePlaceParts> = {}): FileChanges {
  return new FileChanges({
    path: () => path,
    warn: (warning) => warnings.push(warning),
    networkFileSystem: (folder) => (asked.push(folder), Promise.resolve(undefined)),
    now: () => NOW,
    ...more,
  });
}

const alone = (): CachePath => cachePath("test", join(root, "state"), () => "");
const inFolder = (): FolderPath => folderPath(alone());

describe("the lock", () => {
  test("is one for all who change the file, and another for each use and file", async () => {
    const { head, record } = inFolder();
    const held = await (await changesOf(head).lock()).tryAcquire();
    expect(held).toBeDefined();
    expect(await (await changesOf(head).lock()).tryAcquire()).toBeUndefined();
    for (const other of [
      changesOf(head).lock(".prompt"),
      changesOf(record(NAME)).lock(),
      changesOf(alone()).lock(),
    ]) {
      const free = await (await other).tryAcquire();
      expect(free).toBeDefined();
      await free!.release();
    }
    await held!.release();
  });

  test("is called as the path says, else as the file", async () => {
    const path = alone();
    const named = { ...path, lockName: "named" };
    const held = await (await changesOf(named).lock()).tryAcquire();
    expect(await (await changesOf({ ...path, fileName: "named" }).lock()).tryAcquire()).toBeUndefined();
    await held!.release();
  });

  test("makes the folders that it needs, private, and asks once of what kind they are", async () => {
    const { head, directory, asideDirectory } = inFolder();
    const changes = changesOf(head);
    await changes.lock();
    const all = [directory, asideDirectory, join(root, "state")];
    expect(asked).toEqual(all);
    if (process.platform !== "win32")
      for (const folder of all) expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await changes.lock();
    expect(asked).toEqual(all);
    expect(warnings).toEqual([]);
  });

  test("asks once for all files of a folder", async () => {
    const { head, record } = inFolder();
    const seenFolder = {};
    await changesOf(head, { seenFolder }).lock();
    asked.length = 0;
    await changesOf(record(NAME), { seenFolder }).lock();
    expect(asked).toEqual([]);
    await changesOf(record(NAME)).lock();
    expect(asked).toHaveLength(3);
  });

  test("asks again when the folder is another, or a save has failed: something may be missing", async () => {
    const { head, directory, asideDirectory } = inFolder();
    const changes = changesOf(head);
    await changes.lock();
    await rename(directory, `${directory}-moved`);
    asked.length = 0;
    await changes.lock();
    expect(asked).toHaveLength(3);
    await rm(asideDirectory, { recursive: true });
    expect(await failureOf(changes.replace(CONTENT, undefined))).toMatchObject({
      detail: "cache_unwritable",
    });
    await changes.lock();
    await changes.replace(CONTENT, undefined);
    expect((await readdir(asideDirectory)).filter((name) => !name.endsWith(".lock"))).toEqual([]);
  });
});

describe.runIf(process.platform !== "win32")("a folder that all may write to", () => {
  test("is told of, that of the records as that above it", async () => {
    const { head, directory } = inFolder();
    await changesOf(head).lock();
    for (const folder of [directory, join(root, "state")]) {
      await chmod(folder, 0o702);
      await changesOf(head).lock();
      expect(warnings.splice(0)).toEqual([
        { code: "cache_permissions", message: expect.stringContaining("Every user") as string },
      ]);
      await chmod(folder, 0o700);
    }
  });

  test("is not where nobody can take away what is another's, or only a group may write", async () => {
    const path = alone();
    await changesOf(path).lock();
    for (const mode of [0o1777, 0o770, 0o775, 0o1700]) {
      await chmod(path.directory, mode);
      await changesOf(path).lock();
    }
    expect(warnings).toEqual([]);
  });

  test("is nothing to Windows, which has no such modes", async () => {
    const path = alone();
    await changesOf(path).lock();
    await chmod(path.directory, 0o777);
    vi.spyOn(process, "platform", "get").mockReturnValue("win32");
    onTestFinished(() => void vi.restoreAllMocks());
    await changesOf(path).lock();
    expect(warnings).toEqual([]);
  });
});

describe("a save", () => {
  const left = `test.cache.${RANDOM}.tmp`;
  const putOld = async (folder: string): Promise<void> => {
    const old = new Date(NOW.getTime() - 2 * 3_600_000);
    await writeFile(join(folder, left), "");
    await utimes(join(folder, left), old, old);
  };

  test("sweeps what is old, the first of a process, and says what the file is known by", async () => {
    const path = alone();
    await mkdir(path.directory);
    const changes = changesOf(path);
    await putOld(path.directory);
    const identity = await changes.replace(CONTENT, undefined);
    expect(await readdir(path.directory)).toEqual(["test.cache"]);
    await putOld(path.directory);
    await changes.replace(CONTENT, identity);
    expect((await readdir(path.directory)).toSorted()).toEqual(["test.cache", left].toSorted());
  });

  test("goes by the clock of this machine unless another is given", async () => {
    const path = alone();
    await mkdir(path.directory);
    await writeFile(join(path.directory, left), "");
    await new FileChanges({ path: () => path, warn: () => {} }).replace(CONTENT, undefined);
    expect(await readdir(path.directory)).toContain(left);
  });

  test("that cannot sweep is a save all the same", async () => {
    const path = alone();
    await mkdir(join(path.directory, left), { recursive: true });
    const old = new Date(NOW.getTime() - 2 * 3_600_000);
    await utimes(join(path.directory, left), old, old);
    expect(await changesOf(path).replace(CONTENT, undefined)).toBeTypeOf("string");
  });

  test("of a record leaves sweeping to its folder", async () => {
    const { record, asideDirectory } = inFolder();
    const place = record(NAME);
    const changes = changesOf(place);
    await changes.lock();
    const old = `${NAME}.${RANDOM}.tmp`;
    await writeFile(join(asideDirectory, old), "");
    await utimes(join(asideDirectory, old), new Date(0), new Date(0));
    await changes.replace(CONTENT, undefined);
    expect(await readdir(asideDirectory)).toContain(old);
  });
});

describe("a damaged file", () => {
  test("is moved, and its name says when", async () => {
    const { head, asideDirectory } = inFolder();
    const changes = changesOf(head);
    await changes.lock();
    await changes.replace(CONTENT, undefined);
    await changes.putAside();
    expect((await readdir(asideDirectory)).filter((name) => name.includes("corrupt"))).toEqual([
      expect.stringMatching(/^head\.corrupt-20260102T030405678Z-[0-9a-f]{8}$/),
    ]);
  });

  test("that cannot be moved is typed", async () => {
    expect(await failureOf(changesOf(alone()).putAside())).toMatchObject({
      code: "cache",
      detail: "cache_unwritable",
      cause: { code: "ENOENT" },
    });
  });
});

describe("removing", () => {
  test("takes the file and what stands beside it, and is on the disk", async () => {
    const path = alone();
    const changes = changesOf(path);
    await changes.lock();
    await changes.replace(CONTENT, undefined);
    await writeFile(join(path.directory, `test.cache.${RANDOM}.tmp`), "");
    const fsync = vi.spyOn(fs, "fsync");
    onTestFinished(() => fsync.mockRestore());
    await changes.remove();
    expect((await readdir(path.directory)).filter((name) => !name.endsWith(".lock"))).toEqual([]);
    if (process.platform !== "win32") expect(fsync).toHaveBeenCalledTimes(1);
    await changes.remove();
  });

  test("touches nothing where something else is in the file's place", async () => {
    const path = alone();
    await mkdir(path.file, { recursive: true });
    await writeFile(join(path.directory, `test.cache.${RANDOM}.tmp`), "");
    expect(await failureOf(changesOf(path).remove())).toMatchObject({
      code: "cache",
      detail: "cache_not_regular",
    });
    expect(await readdir(path.directory)).toHaveLength(2);
  });

  test("that is not possible is typed", async () => {
    expect(await failureOf(changesOf(alone()).remove())).toMatchObject({ detail: "cache_unwritable" });
  });
});
