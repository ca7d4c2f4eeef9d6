import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { bytes, failureOf, temporaryFolder } from "../../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../../test/support/fixed-key-store.ts";
import { openBelow } from "../../../test/support/open-below.ts";
import { OpenedFile } from "../../disk/opened-file.ts";
import { newDataKey, type DataKey } from "../../sealed/data-key.ts";
import { seal } from "../../sealed/seal.ts";
import { pieceOf } from "./index-piece.ts";
import { readIndex, type IndexedRecord } from "./record-index.ts";

const ONE: IndexedRecord = { name: "name 1", entry: { key: "key, 1\n", label: 'label "1"\n' } };
const TWO: IndexedRecord = { name: "name 2", entry: { key: "key 2" } };
const THREE: IndexedRecord = { name: "name 3", entry: { key: "", label: "" } };

let path: string;
beforeEach(async () => {
  path = join(await temporaryFolder(), "index");
});

function piece(records: readonly IndexedRecord[]): Buffer {
  return sealedWith(FIXED_KEY, records);
}

function sealedWith(key: DataKey | undefined, records: readonly IndexedRecord[]): Buffer {
  return Buffer.concat(pieceOf(key, records));
}

function sealedText(text: string): Buffer {
  return Buffer.concat(seal(bytes(text), FIXED_KEY, 0n).sealed);
}

async function read(...parts: readonly Uint8Array[]): ReturnType<typeof readIndex> {
  await writeFile(path, Buffer.concat(parts));
  return readIndex(path, FIXED_KEY);
}

test("what is not there says nothing", async () => {
  expect(await readIndex(path, FIXED_KEY)).toEqual({ records: [], pieces: 0, length: 0 });
  expect(await read()).toEqual({ records: [], pieces: 0, length: 0 });
});

test("a folder in its place is told", async () => {
  await mkdir(path);
  expect(await failureOf(readIndex(path, FIXED_KEY))).toMatchObject({ detail: "cache_not_regular" });
});

test("all pieces count, in the order in which they were put down, and show nothing", async () => {
  const [first, second] = [piece([ONE, TWO]), piece([THREE])];
  const { records, pieces, length } = await read(first, second);
  expect(records).toStrictEqual([ONE, TWO, THREE]);
  expect([pieces, length]).toEqual([2, first.length + second.length]);
  expect(first.includes("label")).toBe(false);
});

test("where nothing is sealed, pieces that are not count", async () => {
  await writeFile(path, Buffer.concat([sealedWith(undefined, [ONE]), sealedWith(undefined, [TWO])]));
  expect((await readIndex(path, undefined)).records).toStrictEqual([ONE, TWO]);
});

test.each<[string, () => Buffer]>([
  ["sealed with another key", () => sealedWith(newDataKey(), [TWO])],
  ["not sealed", () => sealedWith(undefined, [TWO])],
  ["no text of ours", () => sealedText("junk")],
  ["lines that are none", () => sealedText("null")],
  ["cut short in its content", () => piece([TWO]).subarray(0, -20)],
  ["cut short in its header", () => piece([TWO]).subarray(0, 30)],
  [
    "damaged",
    () => {
      const damaged = piece([TWO]);
      damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1);
      return damaged;
    },
  ],
  ["junk", () => Buffer.from("junk that says ENTRADA and nothing more")],
])("a piece that is %s says nothing, and costs none of the others", async (_, made) => {
  const middle = made();
  expect((await read(piece([ONE]), middle, piece([THREE]))).records).toStrictEqual([ONE, THREE]);
  expect((await read(middle, piece([THREE]))).records).toStrictEqual([THREE]);
  expect((await read(piece([ONE]), middle)).records).toStrictEqual([ONE]);
});

test("a piece of another's whose end is missing hides none that follow", async () => {
  const cut = sealedWith(newDataKey(), [TWO]).subarray(0, 64);
  expect((await read(cut, piece([THREE]))).records).toStrictEqual([THREE]);
  expect((await read(piece([ONE]), cut)).records).toStrictEqual([ONE]);
});

test("a disk that cannot be read is typed, and nothing stays open", async () => {
  const reading = vi
    .spyOn(OpenedFile.prototype, "read")
    .mockRejectedValue(Object.assign(new Error("I/O error"), { code: "EIO" }));
  onTestFinished(() => reading.mockRestore());
  expect(await failureOf(read(piece([ONE])))).toMatchObject({
    code: "cache",
    detail: "cache_unreadable",
    message: expect.stringContaining("(EIO)") as string,
  });
  reading.mockRestore();
  await read(piece([ONE]));
  expect(await openBelow(path)).toEqual([]);
});

test("a label that is no text is none", async () => {
  const lines = ['["a","b",null]', '["c","d",1]', '["e","f"]'].join("\n");
  expect((await read(sealedText(lines))).records).toStrictEqual([
    { name: "a", entry: { key: "b" } },
    { name: "c", entry: { key: "d" } },
    { name: "e", entry: { key: "f" } },
  ]);
});
