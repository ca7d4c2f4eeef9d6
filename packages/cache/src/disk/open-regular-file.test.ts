import { rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { unwritable } from "../unwritable.ts";
import { identityNowAt } from "./identity-now-at.ts";
import { identityAt, identityOf, openRegularFile } from "./open-regular-file.ts";

const AT = new Date("2026-01-02T03:04:05Z");

async function fileWith(content: string, at = AT): Promise<string> {
  const file = join(await temporaryFolder(), "cache");
  await writeFile(file, content);
  await utimes(file, at, at);
  return file;
}

test("a file that takes another one's place is another, though it is as long and was written at the same time", async () => {
  const [file, successor] = [await fileWith("one"), await fileWith("two")];
  const before = await identityAt(file);
  await rename(successor, file);
  expect((await stat(file)).mtimeMs).toBe(AT.getTime());
  expect(await identityAt(file)).not.toBe(before);
});

test("a file that grew is another, though it says to be as old", async () => {
  const file = await fileWith("one");
  const before = await identityAt(file);
  await writeFile(file, "three");
  await utimes(file, AT, AT);
  expect(await identityAt(file)).not.toBe(before);
});

test("a file that was written later is another, though it is as long", async () => {
  const file = await fileWith("one");
  const before = await identityAt(file);
  await writeFile(file, "two");
  const later = new Date(AT.getTime() + 1);
  await utimes(file, later, later);
  expect(await identityAt(file)).not.toBe(before);
});

test("a file that nobody touched is the same, by its path and when it is open", async () => {
  const file = await fileWith("one");
  const opened = (await openRegularFile(file))!;
  expect(identityOf(opened.status)).toBe(await identityAt(file));
  expect(identityNowAt(file)).toBe(await identityAt(file));
  await opened.file.close();
});

test("nothing is at a path where there is no file", async () => {
  const file = join(await temporaryFolder(), "cache");
  expect(await identityAt(file)).toBeUndefined();
  expect(await openRegularFile(file)).toBeUndefined();
});

test("a path that leads through a file says so, to who reads and to who saves", async () => {
  const file = join(await fileWith("one"), "below");
  const told = { detail: "cache_unreadable", hint: expect.stringContaining("no folder") };
  await expect(identityAt(file)).rejects.toMatchObject(told);
  const fault = await openRegularFile(file).catch((error: Error) => error);
  expect(fault).toMatchObject(told);
  expect(unwritable((fault as Error).cause)).toMatchObject({ detail: "cache_unwritable", hint: told.hint });
});
