import { mkdir, readFile, stat, unlink } from "node:fs/promises";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../../test/support/fixed-key-store.ts";
import { openBelow } from "../../../test/support/open-below.ts";
import { WritableFile } from "../../disk/writable-file.ts";
import { cachePath } from "../cache-path.ts";
import { folderPath, type FolderPath } from "../folder-path.ts";
import { appendToIndex, replaceIndex } from "./index-changes.ts";
import { readIndex, type IndexContent, type IndexedRecord } from "./record-index.ts";

const recordOf = (name: string): IndexedRecord => ({ name, entry: { key: `key of ${name}` } });
const [ONE, TWO, THREE] = ["one", "two", "three"].map(recordOf) as [
  IndexedRecord,
  IndexedRecord,
  IndexedRecord,
];

let path: FolderPath;
beforeEach(async () => {
  const directory = await temporaryFolder();
  path = folderPath(cachePath("test", directory, () => ""));
  await mkdir(path.asideDirectory, { recursive: true });
});

const append = (...records: readonly IndexedRecord[]): Promise<void> =>
  appendToIndex(path.index, FIXED_KEY, records);
const read = (): Promise<IndexContent> => readIndex(path.index, FIXED_KEY);

/** Does something just before the index is written to, once. */
function beforeWriting(work: () => Promise<unknown>): void {
  const { write } = WritableFile.prototype;
  const writing = vi.spyOn(WritableFile.prototype, "write").mockImplementationOnce(async function (
    this: WritableFile,
    parts,
  ) {
    await work();
    return write.call(this, parts);
  });
  onTestFinished(() => writing.mockRestore());
}

test("what is added stands behind what was there, in a private file", async () => {
  await append(ONE, TWO);
  await append(THREE);
  expect(await read()).toMatchObject({ records: [ONE, TWO, THREE], pieces: 2 });
  if (process.platform !== "win32") expect((await stat(path.index)).mode & 0o777).toBe(0o600);
});

test.runIf(process.platform !== "win32")(
  "what was added to a file that was replaced meanwhile is added to the new one",
  async () => {
    await append(ONE);
    beforeWriting(async () => {
      await unlink(path.index);
    });
    await append(TWO);
    expect((await read()).records).toEqual([TWO]);
  },
);

test("an index is put down anew in one piece, with what others have added since it was read", async () => {
  for (const record of [ONE, TWO]) await append(record);
  const before = await read();
  await replaceIndex(path, FIXED_KEY, before.records, before);
  expect(await read()).toMatchObject({ records: [ONE, TWO], pieces: 1 });
  await append(THREE);
  await replaceIndex(path, FIXED_KEY, before.records, {
    ...before,
    length: (await readFile(path.index)).length,
  });
  expect(await read()).toMatchObject({ records: [ONE, TWO], pieces: 1 });
  const seen = await read();
  await append(THREE);
  await replaceIndex(path, FIXED_KEY, seen.records, seen);
  expect(await read()).toMatchObject({ records: [ONE, TWO, THREE], pieces: 2 });
});

test("it is put down where there was none, or where it has become shorter since", async () => {
  await replaceIndex(path, FIXED_KEY, [ONE], { records: [], pieces: 0, length: 0 });
  expect((await read()).records).toEqual([ONE]);
  await replaceIndex(path, FIXED_KEY, [TWO], { records: [], pieces: 0, length: 1_000_000 });
  expect(await read()).toMatchObject({ records: [TWO], pieces: 1 });
});

test("nothing stays open", async () => {
  beforeWriting(() => Promise.reject(new Error("full")));
  await expect(append(ONE)).rejects.toThrow("full");
  await append(ONE);
  const before = await read();
  await append(TWO);
  await replaceIndex(path, FIXED_KEY, before.records, before);
  expect((await read()).records).toEqual([ONE, TWO]);
  expect(await openBelow(path.directory)).toEqual([]);
});

describe.skipIf(process.platform === "win32")(
  "on Windows, which replaces nothing that is open (played)",
  () => {
    beforeEach(() => {
      vi.spyOn(process, "platform", "get").mockReturnValue("win32");
      onTestFinished(() => void vi.restoreAllMocks());
    });

    test("what is added is not looked after", async () => {
      await append(ONE);
      beforeWriting(async () => {
        await unlink(path.index);
      });
      await append(TWO);
      expect((await read()).records).toEqual([]);
    });

    test("the index is not open while it is put down anew: what others have added is found by who lists next", async () => {
      await append(ONE);
      const before = await read();
      await append(TWO);
      await replaceIndex(path, FIXED_KEY, before.records, before);
      expect((await read()).records).toEqual([ONE]);
    });
  },
);
