import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { openBelow } from "../../test/support/open-below.ts";
import { OpenedFile } from "../disk/opened-file.ts";
import { cachePath } from "./cache-path.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { keyFile } from "./key-file.ts";

let path: FolderPath;
beforeEach(async () => {
  path = folderPath(cachePath("test", join(await temporaryFolder(), "state"), () => ""));
});

test("a key's file is made with its folders, private, replaced, and removed", async () => {
  const file = keyFile(path);
  expect(await file.read()).toBeUndefined();
  for (const content of ["first", "second"]) {
    await file.write(Buffer.from(content));
    expect(await readFile(path.key, "utf8")).toBe(content);
    expect((await file.read())?.toString()).toBe(content);
  }
  if (process.platform !== "win32") {
    expect((await stat(path.key)).mode & 0o777).toBe(0o600);
    for (const folder of [path.directory, path.asideDirectory])
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
  }
  expect((await readdir(path.directory)).toSorted()).toEqual(["aside", "key"]);
  await file.remove();
  await file.remove();
  expect(await file.read()).toBeUndefined();
});

test("no more of it is read than a key can be long", async () => {
  const file = keyFile(path);
  await file.write(Buffer.alloc(64 * 1024 + 1));
  expect(await file.read()).toHaveLength(64 * 1024);
});

test("a disk that cannot be read is typed, and nothing stays open", async () => {
  const file = keyFile(path);
  await file.write(Buffer.from("x"));
  const reading = vi
    .spyOn(OpenedFile.prototype, "read")
    .mockRejectedValue(Object.assign(new Error("I/O error"), { code: "EIO" }));
  onTestFinished(() => reading.mockRestore());
  expect(await failureOf(file.read())).toMatchObject({ code: "cache", detail: "cache_unreadable" });
  reading.mockRestore();
  await file.read();
  expect(await openBelow(path.directory)).toEqual([]);
});

test("what is no file, or cannot be removed, is told", async () => {
  const file = keyFile(path);
  await file.write(Buffer.from("x"));
  await file.remove();
  await mkdir(path.key);
  expect(await failureOf(file.read())).toMatchObject({ code: "cache", detail: "cache_not_regular" });
  expect(await failureOf(file.write(Buffer.from("x")))).toMatchObject({ detail: "cache_not_regular" });
  expect(await failureOf(file.remove())).toMatchObject({ detail: "cache_unwritable" });
  await writeFile(join(path.key, "kept"), "");
});
