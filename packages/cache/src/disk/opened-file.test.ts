import fs from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { OpenedFile } from "./opened-file.ts";

afterEach(() => vi.restoreAllMocks());

async function opened(content: string): Promise<OpenedFile> {
  const path = join(await temporaryFolder(), "file");
  await writeFile(path, content);
  return OpenedFile.at(path, fs.constants.O_RDONLY);
}

test("what comes at once is read in one call", async () => {
  const file = await opened("one two three");
  const read = vi.spyOn(fs, "read");
  expect((await file.read(4, 3)).toString()).toBe("two");
  expect(read).toHaveBeenCalledOnce();
  await file.close();
});

test("what comes byte by byte is read whole, and no further than the file's end", async () => {
  const file = await opened("one two three");
  const { read } = fs;
  const asked: number[] = [];
  vi.spyOn(fs, "read").mockImplementation(((...given: [number, Buffer, number, number, number, never]) => {
    const [descriptor, bytes, at, count, position, done] = given;
    asked.push(at + count);
    read(descriptor, bytes, at, 1, position, done);
  }) as never);
  expect((await file.read(4, 100)).toString()).toBe("two three");
  // Each time for what there is room for, and no more.
  expect(new Set(asked)).toEqual(new Set([100]));
  await file.close();
});

test.runIf(process.platform !== "win32")("its mode can be changed while it is open", async () => {
  const file = await opened("one");
  await file.changeMode(0o640);
  expect(Number(file.status().mode) & 0o777).toBe(0o640);
  await file.close();
});

test("it is closed once", async () => {
  const file = await opened("one");
  const close = vi.spyOn(fs, process.platform === "win32" ? "close" : "closeSync");
  await file.close();
  expect(close).toHaveBeenCalledOnce();
});
