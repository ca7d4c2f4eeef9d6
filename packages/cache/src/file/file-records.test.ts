import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { TokenCacheStore } from "@entrada/core";
import { bytes, failureOf, temporaryFolder, text } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { OneKey } from "../../test/support/memory-place.ts";
import { WritableFile } from "../disk/writable-file.ts";
import { newDataKey } from "../sealed/data-key.ts";
import { recordName } from "../sealed/record-name.ts";
import { cachePath, type CachePath } from "./cache-path.ts";
import { FileRecords } from "./file-records.ts";
import { folderPath } from "./folder-path.ts";
import { readIndex, type IndexContent } from "./listing/record-index.ts";

let path: CachePath;
let keys: OneKey;
/** What an earlier version has, and how often it was looked for. */
let earlier: Map<string, string>;
let opened: number;
beforeEach(async () => {
  path = cachePath("test", await temporaryFolder(), () => "");
  keys = new OneKey(FIXED_KEY);
  earlier = new Map();
  opened = 0;
});

/** Each is another process. */
function open(): FileRecords {
  const before: Pick<TokenCacheStore, "read" | "list" | "remove" | "clear"> = {
    read: (key) => Promise.resolve(earlier.has(key) ? bytes(earlier.get(key)!) : undefined),
    list: () => Promise.resolve([...earlier.keys()].map((key) => ({ key }))),
    remove: (key) => Promise.resolve(void earlier.delete(key)),
    clear: () => (earlier.clear(), rm(path.file, { force: true })),
  };
  return new FileRecords({
    path: () => path,
    keys,
    warn: () => {},
    lockTimeoutInMs: 1000,
    before: () => ((opened += 1), Promise.resolve(before as TokenCacheStore)),
  });
}

const index = (): Promise<IndexContent> => readIndex(folderPath(path).index, FIXED_KEY);
const fileOf = (key: string): string => join(folderPath(path).directory, recordName(FIXED_KEY, key));
const plainFileOf = (key: string): string => join(folderPath(path).directory, recordName(undefined, key));
const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

describe("a record", () => {
  test("is read by all, listed under its label, and gone when it is removed", async () => {
    await open().write("a", bytes("of a"), "label of a");
    await open().write("b", bytes("of b"));
    expect(text(await open().read("a"))).toBe("of a");
    expect(await open().read("c")).toBeUndefined();
    const listed = new Map((await open().list()).map((entry) => [entry.key, entry]));
    expect(listed).toEqual(
      new Map([
        ["a", { key: "a", label: "label of a" }],
        ["b", { key: "b" }],
      ]),
    );
    await open().remove("a");
    expect(await open().read("a")).toBeUndefined();
    expect((await open().list()).map(({ key }) => key)).toEqual(["b"]);
    expect(opened).toBe(1); // by what makes the folder
  });

  test("is told to the index when it is new or has another label, and not again", async () => {
    const store = open();
    for (const label of ["one", "one", "two", "two"]) await store.write("a", bytes("x"), label);
    expect((await index()).records.map(({ name, entry }) => [name, entry.label])).toEqual(
      ["one", "two"].map((label) => [recordName(FIXED_KEY, "a"), label]),
    );
  });

  test("has a lock of its own, within which it is read and written, and how it is sealed is asked once", async () => {
    const store = open();
    await store.write("a", bytes("before"));
    keys.asked.length = 0;
    const result = await store.withLock("a", async () => {
      const asked = keys.asked.length;
      expect(text(await store.read("a"))).toBe("before");
      await store.write("a", bytes("after"));
      await store.remove("a");
      await store.write("a", bytes("anew"));
      expect(keys.asked.length).toBe(asked);
      await store.withLock("b", () => store.write("b", bytes("beside")));
      return "result";
    });
    expect(result).toBe("result");
    expect(text(await open().read("a"))).toBe("anew");
    expect(text(await open().read("b"))).toBe("beside");
  });

  test("is free when the work under its lock has failed, or was given up", async () => {
    const store = open();
    const fault = new Error("its own");
    expect(await failureOf(store.withLock("a", () => Promise.reject(fault)))).toBe(fault);
    const signal = AbortSignal.abort();
    const given = failureOf(store.withLock("a", () => Promise.resolve(), { signal }));
    expect(await given).toMatchObject({ name: "AbortError" });
    // Each asks anew how it is sealed: the folder may be another by now.
    await open().clear();
    await store.write("a", bytes("anew"));
    expect(text(await open().read("a"))).toBe("anew");
  });
});

test("how a record is sealed is asked anew after each access: the folder may be another by then", async () => {
  const store = open();
  await store.withLock("a", () => store.write("a", bytes("ours")));
  await open().clear();
  keys.key = newDataKey();
  await open().write("a", bytes("theirs"));
  expect(text(await store.read("a"))).toBe("theirs");
});

describe("the revision", () => {
  test("changes with each new account and label, and with what an earlier version does, and with nothing else", async () => {
    const seen = new Set<string>();
    const store = open();
    const isNew = async (): Promise<boolean> => {
      const before = seen.size;
      seen.add(await open().revision());
      return seen.size > before;
    };
    expect(await isNew()).toBe(true);
    expect(await isNew()).toBe(false);
    await store.write("a", bytes("x"));
    expect(await isNew()).toBe(true);
    await store.write("a", bytes("renewed"));
    expect(await isNew()).toBe(false);
    await store.write("a", bytes("x"), "label");
    expect(await isNew()).toBe(true);
    await writeFile(path.file, "of an earlier version");
    expect(await isNew()).toBe(true);
    await writeFile(path.file, "changed by an earlier version");
    expect(await isNew()).toBe(true);
  });
});

describe("what an earlier version has kept in one file", () => {
  beforeEach(async () => {
    earlier.set("old", "of old");
    await writeFile(path.file, "");
  });

  test("is read and listed until somebody saves, and then from records", async () => {
    expect(text(await open().read("old"))).toBe("of old");
    expect(await open().list()).toEqual([{ key: "old" }]);
    await open().write("new", bytes("of new"));
    earlier.set("later", "by a version that still runs");
    expect(text(await open().read("old"))).toBe("of old");
    expect(await open().read("later")).toBeUndefined();
    expect((await open().list()).map(({ key }) => key).toSorted()).toEqual(["new", "old"]);
  });

  test("goes from there, too, when it is removed or cleared", async () => {
    earlier.set("other", "of other");
    await open().remove("old");
    expect([...earlier.keys()]).toEqual(["other"]);
    await open().clear();
    expect([...earlier.keys()]).toEqual([]);
    expect(await open().list()).toEqual([]);
    expect(await open().read("other")).toBeUndefined();
  });

  test("is not looked for where its file is not there", async () => {
    await rm(path.file);
    expect(await open().read("old")).toBeUndefined();
    expect(await open().list()).toEqual([]);
    await open().write("new", bytes("x"));
    await open().remove("new");
    expect(opened).toBe(1); // by what makes the folder
    expect(earlier.size).toBe(1);
  });
});

describe("records from a time without a key", () => {
  beforeEach(async () => {
    keys.key = undefined;
    for (const key of ["a", "b"]) await open().write(key, bytes(`of ${key}`), `label of ${key}`);
    keys.key = FIXED_KEY;
  });

  test("are read, and sealed by the next save of each, which leaves nothing in clear", async () => {
    expect(text(await open().read("a"))).toBe("of a");
    await open().write("a", bytes("renewed"));
    expect([await isThere(fileOf("a")), await isThere(plainFileOf("a"))]).toEqual([true, false]);
    expect(await isThere(plainFileOf("b"))).toBe(true);
    expect(text(await open().read("a"))).toBe("renewed");
    expect(text(await open().read("b"))).toBe("of b");
    expect((await open().list()).map(({ key }) => key).toSorted()).toEqual(["a", "b"]);
  });

  test("are removed as those that are sealed", async () => {
    await open().write("c", bytes("of c"));
    await open().remove("b");
    expect(await isThere(plainFileOf("b"))).toBe(false);
    expect(await open().read("b")).toBeUndefined();
  });

  test("are none where all were sealed from the beginning: nothing is looked for in clear", async () => {
    await open().clear();
    await open().write("a", bytes("sealed"));
    await rm(fileOf("a"));
    const plain = plainFileOf("a");
    await writeFile(plain, "junk", { mode: 0o600 });
    expect(await open().read("a")).toBeUndefined();
    expect(await isThere(plain)).toBe(true);
  });
});

describe("clear", () => {
  test("removes all of every account and the key, and the next save begins anew", async () => {
    const store = open();
    await store.write("a", bytes("of a"), "label");
    await store.withLock("a", async () => {
      await store.clear();
      expect(await store.read("a")).toBeUndefined();
    });
    expect(await store.list()).toEqual([]);
    expect(keys.destroyed).toBe(1);
    expect((await readdir(folderPath(path).directory)).filter((name) => name !== "aside")).toEqual([]);
    await store.write("a", bytes("anew"), "label");
    expect((await index()).records.map(({ entry }) => entry)).toEqual([{ key: "a", label: "label" }]);
  });
});

describe("an access during which another process clears", () => {
  const names = async (): Promise<readonly string[]> =>
    (await readdir(folderPath(path).directory)).filter((name) => name !== "aside");

  test("puts nothing there afterwards, not even for a moment", async () => {
    const store = open();
    const creating = vi.spyOn(WritableFile, "create");
    onTestFinished(() => void creating.mockRestore());
    const access = store.withLock("a", async () => {
      await open().clear();
      creating.mockClear();
      await store.write("a", bytes("x"));
    });
    expect(await failureOf(access)).toMatchObject({ detail: "cache_locked", retryable: true });
    expect(creating).not.toHaveBeenCalled();
  });

  test("takes back what it was just saving, and what the index says of it", async () => {
    const store = open();
    const access = store.withLock("a", async () => {
      const creating = vi.spyOn(WritableFile, "create").mockImplementationOnce(async (file) => {
        creating.mockRestore();
        await open().clear();
        return WritableFile.create(file);
      });
      await store.write("a", bytes("x"), "label");
    });
    expect(await failureOf(access)).toMatchObject({ detail: "cache_locked" });
    expect(await names()).toEqual([]);
    await store.write("a", bytes("anew"), "label");
    expect(text(await open().read("a"))).toBe("anew");
  });
});

test.each(["head", "index"] as const)("an account can be removed though the %s is lost", async (lost) => {
  await open().write("a", bytes("x"), "label");
  const place = folderPath(path);
  await rm(lost === "head" ? place.head.file : place.index);
  await open().remove("a");
  expect(await isThere(fileOf("a"))).toBe(false);
});

describe("the first save of a process", () => {
  const left = (): string =>
    join(folderPath(path).asideDirectory, `${recordName(FIXED_KEY, "x")}.${"0".repeat(24)}.tmp`);

  test("sweeps what others have left, and no other does", async () => {
    const store = open();
    await open().write("a", bytes("x"));
    await writeFile(left(), "");
    await store.write("a", bytes("y"));
    expect(await isThere(left())).toBe(false);
    await writeFile(left(), "");
    await store.write("a", bytes("z"));
    expect(await isThere(left())).toBe(true);
  });

  test("is the last that looks for a keyring that is not there", async () => {
    keys.key = undefined;
    const store = open();
    const asked = (): number => keys.asked.filter(([call]) => call === "toSeal").length;
    await store.write("a", bytes("x"));
    const before = asked();
    await store.write("a", bytes("y"));
    await store.write("b", bytes("y"));
    expect(asked()).toBe(before);
  });
});

test("whoever only reads makes nothing, and asks for the path when it is needed", async () => {
  const asking = vi.fn(() => path);
  const store = new FileRecords({
    path: asking,
    keys,
    warn: () => {},
    lockTimeoutInMs: 1000,
    before: () => Promise.reject(new Error("not needed")),
  });
  onTestFinished(() => void asking.mockRestore());
  expect(asking).not.toHaveBeenCalled();
  expect(await store.read("a")).toBeUndefined();
  expect(await store.list()).toEqual([]);
  expect(await store.revision()).toBe(await store.revision());
  expect(await readdir(path.directory)).toEqual([]);
});
