import { rmSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { TokenCacheEntry } from "@entrada/core";
import { bytes, temporaryFolder } from "../../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../../test/support/fixed-key-store.ts";
import { sealWhole } from "../../../test/support/seal-whole.ts";
import { newDataKey, type DataKey } from "../../sealed/data-key.ts";
import { packRecord } from "../../sealed/record-content.ts";
import { recordName } from "../../sealed/record-name.ts";
import { cachePath } from "../cache-path.ts";
import { folderPath, type FolderPath } from "../folder-path.ts";
import { readIndex, type IndexedRecord } from "./record-index.ts";
import { RecordFiles } from "../record-files.ts";
import { RecordFolder } from "../record-folder.ts";
import { RecordList } from "./record-list.ts";

let path: FolderPath;
let files: RecordFiles;
let folder: RecordFolder;
let opened: string[];
let list: RecordList;
beforeEach(async () => {
  path = folderPath(cachePath("test", await temporaryFolder(), () => ""));
  await mkdir(path.asideDirectory, { recursive: true, mode: 0o700 });
  const warn = (): void => {};
  files = new RecordFiles({ path: () => path, warn, lockTimeoutInMs: 1000, seenFolder: {} });
  opened = [];
  const parts = {
    path,
    warn,
    open: (key: DataKey | undefined, name: string) => (opened.push(name), files.open(key, name)),
  };
  folder = new RecordFolder(parts);
  list = new RecordList(parts, () => Promise.resolve(folder));
});

const SEALED = { key: FIXED_KEY, wasPlain: false };
const entryOf = (key: string): TokenCacheEntry => ({ key, label: `label of ${key}` });
const indexed = (key: string, entry = entryOf(key)): IndexedRecord => ({
  name: recordName(FIXED_KEY, key),
  entry,
});
const byKey = (entries: readonly TokenCacheEntry[]): readonly TokenCacheEntry[] =>
  entries.toSorted((one, other) => (one.key < other.key ? -1 : 1));

/** Saves a record, and tells the index nothing. */
async function save(
  key: string,
  sealedWith: DataKey | undefined = FIXED_KEY,
  entry = entryOf(key),
): Promise<string> {
  const name = recordName(sealedWith, key);
  await files.open(sealedWith, name).write(packRecord({ entry, data: bytes("data") }));
  return name;
}

/** The same, not sealed. */
async function saveInClear(key: string, entry = entryOf(key)): Promise<void> {
  const name = recordName(undefined, key);
  await files.open(undefined, name).write(packRecord({ entry, data: bytes("data") }));
}

describe("the accounts of a folder", () => {
  test("are those of the index whose files are there, and no file is opened for it", async () => {
    for (const key of ["a", "b"]) await save(key);
    await folder.index(FIXED_KEY, [indexed("a"), indexed("b"), indexed("gone")]);
    expect(byKey(await list.list(SEALED))).toEqual([entryOf("a"), entryOf("b")]);
    expect(opened).toEqual([]);
  });

  test("are named by the newest line of each", async () => {
    await save("a");
    await folder.index(FIXED_KEY, [
      indexed("a", { key: "a", label: "old" }),
      indexed("a", { key: "a", label: "newer" }),
    ]);
    await folder.index(FIXED_KEY, [indexed("a", { key: "a", label: "newest" })]);
    expect(await list.list(SEALED)).toEqual([{ key: "a", label: "newest" }]);
  });

  test("are learned from their files where the index has none, and then it has", async () => {
    for (const key of ["a", "b", "c"]) await save(key);
    await folder.index(FIXED_KEY, [indexed("a")]);
    expect(byKey(await list.list(SEALED))).toEqual(["a", "b", "c"].map(entryOf));
    expect(opened.toSorted()).toEqual([indexed("b").name, indexed("c").name].toSorted());
    opened.length = 0;
    expect(byKey(await list.list(SEALED))).toEqual(["a", "b", "c"].map(entryOf));
    expect(opened).toEqual([]);
  });

  test("are none where there is no file, and nothing is put down for that", async () => {
    await writeFile(join(path.directory, "notes"), "no record");
    expect(await list.list(SEALED)).toEqual([]);
    expect((await readdir(path.directory)).toSorted()).toEqual(["aside", "notes"]);
  });

  test("are read without an index that is no file", async () => {
    await save("a");
    await mkdir(path.index);
    expect(await list.list(SEALED)).toEqual([entryOf("a")]);
  });

  test("do not miss one for another that cannot be read, is another's, or is sealed otherwise", async () => {
    await save("a");
    const folderName = recordName(FIXED_KEY, "folder");
    await mkdir(join(path.directory, folderName));
    const moved = await save("moved");
    const content = await readFile(join(path.directory, moved));
    await rm(join(path.directory, moved));
    await writeFile(join(path.directory, recordName(FIXED_KEY, "another")), content, { mode: 0o600 });
    await save("otherwise", newDataKey());
    await saveInClear("in clear");
    expect(await list.list(SEALED)).toEqual([entryOf("a")]);
    expect((await readIndex(path.index, FIXED_KEY)).records).toEqual([indexed("a")]);
  });

  test("learn nothing from what cannot be read, and put nothing down for it", async () => {
    await save("otherwise", newDataKey());
    expect(await list.list(SEALED)).toEqual([]);
    expect(await readdir(path.directory)).not.toContain("index");
  });

  test("are learned in parts of 500, each once", async () => {
    const keys = Array.from({ length: 501 }, (_, n) => `key ${n}`);
    for (const key of keys) {
      const { file } = sealWhole(packRecord({ entry: entryOf(key), data: bytes("data") }), FIXED_KEY, 1n);
      await writeFile(join(path.directory, recordName(FIXED_KEY, key)), file, { mode: 0o600 });
    }
    expect((await list.list(SEALED)).map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    expect(opened).toHaveLength(501);
    expect(await readIndex(path.index, FIXED_KEY)).toMatchObject({ pieces: 2 });
  });

  test("do not hide a fault of the program's", async () => {
    await save("a");
    const fault = new TypeError("a mistake");
    const open = (): never => {
      throw fault;
    };
    const broken = new RecordList({ path, warn: () => {}, open }, () => Promise.resolve(folder));
    await expect(broken.list(SEALED)).rejects.toBe(fault);
  });

  test("cannot be told where the folder cannot be read", async () => {
    await rm(path.directory, { recursive: true });
    await expect(list.list(SEALED)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("the index is put down anew", () => {
  const pieces = async (): Promise<number> => (await readIndex(path.index, FIXED_KEY)).pieces;

  test("beyond 128 pieces, and not before", async () => {
    await save("a");
    for (let n = 0; n < 128; n++) await folder.index(FIXED_KEY, [indexed("a")]);
    await list.list(SEALED);
    expect(await pieces()).toBe(128);
    await folder.index(FIXED_KEY, [indexed("a", { key: "a", label: "newest" })]);
    expect(await list.list(SEALED)).toEqual([{ key: "a", label: "newest" }]);
    expect(await readIndex(path.index, FIXED_KEY)).toMatchObject({
      records: [indexed("a", { key: "a", label: "newest" })],
      pieces: 1,
    });
  });

  test("when most of its lines are of records that are gone", async () => {
    for (const key of ["a", "b"]) await save(key);
    const gone = Array.from({ length: 130 }, (_, n) => indexed(`gone ${n}`));
    await folder.index(FIXED_KEY, [indexed("a"), indexed("b"), ...gone]);
    await list.list(SEALED);
    expect((await readIndex(path.index, FIXED_KEY)).records).toHaveLength(132);
    await folder.index(FIXED_KEY, [indexed("gone more")]);
    await list.list(SEALED);
    expect((await readIndex(path.index, FIXED_KEY)).records).toEqual([indexed("b"), indexed("a")]);
  });
});

describe("a folder that was not sealed, and is now", () => {
  const WAS_PLAIN = { key: FIXED_KEY, wasPlain: true };

  test("has the accounts of both, each once, as the sealed file says", async () => {
    await save("both", FIXED_KEY, { key: "both", label: "new" });
    await saveInClear("both", { key: "both", label: "old" });
    await saveInClear("plain");
    await save("sealed");
    for (let round = 0; round < 2; round++) {
      expect(byKey(await list.list(WAS_PLAIN))).toEqual([
        { key: "both", label: "new" },
        entryOf("plain"),
        entryOf("sealed"),
      ]);
    }
  });

  test("has none of what is neither, and does not miss the others for it", async () => {
    await save("otherwise", newDataKey());
    await writeFile(join(path.directory, recordName(FIXED_KEY, "junk")), "junk", { mode: 0o600 });
    await mkdir(join(path.directory, recordName(FIXED_KEY, "folder")));
    await saveInClear("plain");
    expect(await list.list(WAS_PLAIN)).toEqual([entryOf("plain")]);
  });

  test("does not miss the others for one that goes meanwhile", async () => {
    await saveInClear("plain");
    const gone = await save("gone");
    const going: FolderPath = {
      ...path,
      record: (name) => {
        if (name === gone) rmSync(join(path.directory, name), { force: true });
        return path.record(name);
      },
    };
    const parts = { path: going, warn: () => {}, open: files.open.bind(files) };
    const racing = new RecordList(parts, () => Promise.resolve(folder));
    expect(await racing.list(WAS_PLAIN)).toEqual([entryOf("plain")]);
  });

  test("is not yet sealed where there is no key: what is sealed counts as damaged", async () => {
    await saveInClear("plain");
    await save("sealed");
    expect(await list.list({ key: undefined, wasPlain: true })).toEqual([entryOf("plain")]);
  });
});
