import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { OneKey } from "../../test/support/memory-place.ts";
import { cacheError } from "../cache-error.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { cachePath } from "./cache-path.ts";
import { FolderHead } from "./folder-head.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { clearFolder, makeFolder } from "./head-changes.ts";
import type { Sealing } from "./sealing.ts";

const ABSENT = cacheError("cache_no_encryption", "No keyring", "Install one");

let path: FolderPath;
let keys: OneKey;
/** With which keys something was taken over. */
let takenOver: (DataKey | undefined)[];
beforeEach(async () => {
  path = folderPath(cachePath("test", await temporaryFolder(), () => ""));
  keys = new OneKey(FIXED_KEY);
  takenOver = [];
});

interface OneProcess {
  present(): Promise<Sealing | undefined>;
  made(hasSaved: boolean): Promise<Sealing>;
  clear(work: () => Promise<void>): Promise<void>;
}

/** Each is another process. */
function open(takeOver: () => Promise<void> = () => Promise.resolve()): OneProcess {
  const made = (hasSaved: boolean): Promise<Sealing> =>
    makeFolder(
      head,
      async (key) => {
        takenOver.push(key);
        await takeOver();
      },
      hasSaved,
    );
  const head = new FolderHead({
    path: () => path,
    keys,
    warn: () => {},
    lockTimeoutInMs: 1000,
    seenFolder: {},
    make: () => made(false),
  });
  return { present: () => head.present(), made, clear: (work) => clearFolder(head, work) };
}

describe("a folder of records", () => {
  test("is not there until it is made, and then for all, with what was before", async () => {
    expect(await open().present()).toBeUndefined();
    expect(takenOver).toEqual([]);
    expect(await open().made(false)).toEqual({ key: FIXED_KEY, wasPlain: false });
    expect(takenOver).toEqual([FIXED_KEY]);
    expect(await open().present()).toEqual({ key: FIXED_KEY, wasPlain: false });
    expect(await open().made(false)).toEqual({ key: FIXED_KEY, wasPlain: false });
    expect(takenOver).toEqual([FIXED_KEY]);
  });

  test("is made once by many at the same time", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => open().made(false)));
    for (const one of all) expect(one).toEqual({ key: FIXED_KEY, wasPlain: false });
    expect(takenOver).toEqual([FIXED_KEY]);
  });

  test("is not made where there must be a key and can be none: nothing is locked or taken over for that", async () => {
    keys.failures.toOpen = ABSENT;
    expect(await failureOf(open().made(false))).toBe(ABSENT);
    expect(takenOver).toEqual([]);
    await expect(readFile(path.head.file)).rejects.toThrow("ENOENT");
  });

  test("does not count before all that was before is in it", async () => {
    const fault = new Error("full");
    expect(await failureOf(open(() => Promise.reject(fault)).made(false))).toBe(fault);
    expect(await open().present()).toBeUndefined();
    expect(await open().made(false)).toEqual({ key: FIXED_KEY, wasPlain: false });
  });

  test("whose head alone is lost or damaged is made anew, and may have records that were not sealed", async () => {
    await open().made(false);
    await writeFile(path.index, "");
    for (const spoil of [() => rm(path.head.file), () => writeFile(path.head.file, "junk")]) {
      await spoil();
      expect(await open().present()).toEqual({ key: FIXED_KEY, wasPlain: true });
      expect(await open().present()).toEqual({ key: FIXED_KEY, wasPlain: true });
    }
  });

  test("is removed last, after all that it speaks of, and by one at a time", async () => {
    await open().made(false);
    const { head } = path;
    const isThere = (): Promise<boolean> =>
      readFile(head.file).then(
        () => true,
        () => false,
      );
    const wasThere: boolean[] = [];
    let isAlone = true;
    await open().clear(async () => {
      wasThere.push(await isThere());
      if (wasThere.length > 1) return;
      const other = open().clear(() => Promise.resolve(void (isAlone = false)));
      expect(
        await Promise.race([other, new Promise((resolve) => setImmediate(() => resolve("waits")))]),
      ).toBe("waits");
      expect(isAlone).toBe(true);
      // Who only saves a record waits for nobody.
      expect(await open().made(false)).toEqual({ key: FIXED_KEY, wasPlain: false });
      other.catch(() => {});
    });
    // Once more without it: for what was saved by who still saw it.
    expect(wasThere).toEqual([true, false]);
    expect(keys.destroyed).toBeGreaterThanOrEqual(1);
    expect(await open().present()).toBeUndefined();
  });

  test("that cannot be removed keeps its head", async () => {
    await open().made(false);
    const fault = new Error("busy");
    expect(await failureOf(open().clear(() => Promise.reject(fault)))).toBe(fault);
    expect(await open().present()).toEqual({ key: FIXED_KEY, wasPlain: false });
    expect(keys.destroyed).toBe(0);
  });

  test("that is removed at the moment it is made is made again", async () => {
    const head = open();
    let removed = false;
    keys.toOpen = async () => {
      // What is asked after the head was written: in between somebody has removed it all.
      if (!removed && takenOver.length === 1) {
        removed = true;
        await rm(path.head.file, { force: true });
      }
      return FIXED_KEY;
    };
    expect(await head.made(false)).toEqual({ key: FIXED_KEY, wasPlain: false });
  });
});

describe("a folder that is not sealed", () => {
  beforeEach(async () => {
    keys.key = undefined;
    await open().made(false);
    takenOver.length = 0;
  });

  test("stays so while there is no key, and is asked for one by each process that has not saved yet", async () => {
    const before = await readFile(path.head.file);
    keys.asked.length = 0;
    expect(await open().made(true)).toEqual({ key: undefined, wasPlain: false });
    expect(keys.asked.filter(([call]) => call === "toSeal")).toEqual([]);
    expect(await open().made(false)).toEqual({ key: undefined, wasPlain: false });
    expect(keys.asked.filter(([call]) => call === "toSeal")).toHaveLength(1);
    expect(keys.asked).not.toContainEqual(["toOpen", undefined]);
    expect(await readFile(path.head.file)).toEqual(before);
  });

  test("is sealed as soon as there is one: what was not sealed is still looked for, and nothing is taken over", async () => {
    keys.key = FIXED_KEY;
    expect(await open().made(false)).toEqual({ key: FIXED_KEY, wasPlain: true });
    expect(await open().made(true)).toEqual({ key: FIXED_KEY, wasPlain: true });
    expect(takenOver).toEqual([]);
  });

  test("is sealed by one of those who would", async () => {
    keys.key = FIXED_KEY;
    await Promise.all([1, 2, 3].map(() => open().made(false)));
    const { head } = path;
    const content = await readFile(head.file);
    await open().made(false);
    expect(await readFile(head.file)).toEqual(content);
  });
});

test("a head that is no file is told", async () => {
  await mkdir(path.head.file, { recursive: true });
  expect(await failureOf(open().present())).toMatchObject({ code: "cache", detail: "cache_not_regular" });
});
