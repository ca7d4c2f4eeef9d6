import fs from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { bytes, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { identityAt } from "./open-regular-file.ts";
import { WritableFile } from "./writable-file.ts";

afterEach(() => vi.restoreAllMocks());

const PARTS = [bytes("one "), bytes("two "), bytes("three")];

test.each([0, 3, 5, 12])(
  "a file of which the system takes %i bytes at first, and then two at a time, is written whole",
  async (first) => {
    const { write } = fs;
    const some = (
      descriptor: number,
      what: Uint8Array,
      done: (error: Error | null, count: number) => void,
    ): void => write(descriptor, what, 0, what.length, null, done);
    vi.spyOn(fs, "writev").mockImplementation(((
      descriptor: number,
      parts: readonly Uint8Array[],
      done: never,
    ) => some(descriptor, Buffer.concat(parts).subarray(0, first), done)) as never);
    vi.spyOn(fs, "write").mockImplementation(((descriptor: number, rest: Uint8Array, done: never) =>
      some(descriptor, rest.subarray(0, 2), done)) as never);
    const path = join(await temporaryFolder(), "file");
    const file = await WritableFile.create(path);
    await file.write(PARTS);
    await file.close();
    expect(await readFile(path, "utf8")).toBe("one two three");
  },
);

test("a file that the system takes at once is written in one call", async () => {
  const [together, one] = [vi.spyOn(fs, "writev"), vi.spyOn(fs, "write")];
  const file = await WritableFile.create(join(await temporaryFolder(), "file"));
  await file.write(PARTS);
  await file.close();
  expect([together.mock.calls.length, one.mock.calls.length]).toEqual([1, 0]);
});

test("what is added stands at the end, and the file is private", async () => {
  const path = join(await temporaryFolder(), "file");
  for (const part of PARTS) {
    const file = await WritableFile.append(path);
    await file.write([part]);
    await file.close();
  }
  expect(await readFile(path, "utf8")).toBe("one two three");
  if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("a file is known by the same while it is open and by its path, and is closed once", async () => {
  const path = join(await temporaryFolder(), "file");
  const file = await WritableFile.create(path);
  await file.write(PARTS);
  expect(file.identity()).toBe(await identityAt(path));
  expect(file.status().size).toBe(13n);
  const close = vi.spyOn(fs, process.platform === "win32" ? "close" : "closeSync");
  await file.close();
  expect(close).toHaveBeenCalledOnce();
});
