import { chown, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { MemoryKeyStore } from "../../test/support/memory-key-store.ts";
import { DataKeys } from "../keys/data-keys.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { cachePath } from "./cache-path.ts";
import { FilePlace } from "./file-place.ts";
import { networkFileSystemOf, prepareDirectory } from "./prepare-directory.ts";

test("a folder on a network file system is refused before anything is locked or saved", async () => {
  const directory = await temporaryFolder();
  const warn = (): void => {};
  const path = cachePath("test", directory, () => "");
  const cache = new SealedTokenCache({
    place: new FilePlace({ path: () => path, warn, networkFileSystem: () => Promise.resolve("NFS") }),
    keys: new DataKeys(() => new MemoryKeyStore(), "require", warn),
    warn,
    lockTimeoutInMs: 1000,
  });
  const entered: string[] = [];
  const failure = await failureOf(cache.withLock(() => Promise.resolve(void entered.push("in"))));
  expect(failure).toMatchObject({ code: "cache", detail: "cache_unwritable" });
  expect(failure.message).toContain("NFS");
  expect(entered).toEqual([]);
  expect(await cache.read()).toBeUndefined();
});

test("a folder of this machine is none", async () => {
  expect(await networkFileSystemOf(await temporaryFolder())).toBeUndefined();
});

test.runIf(process.platform === "linux")(
  "a file system of the kernel's that is no disk is none either",
  async () => {
    expect(await networkFileSystemOf("/proc")).toBeUndefined();
  },
);

test("where the folder cannot be made, nothing is saved", async () => {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, "");
  for (const directory of [join(file, "below"), "/proc/entrada"]) {
    expect(await failureOf(prepareDirectory(directory))).toMatchObject({ detail: "cache_unwritable" });
  }
  expect((await stat(file)).isFile()).toBe(true);
});

test("a folder is made with all above it, each private, and is the one that is told of", async () => {
  const above = join(await temporaryFolder(), "made");
  const directory = join(above, "by us");
  const local = (): Promise<undefined> => Promise.resolve(undefined);
  const all = await Promise.all([1, 2, 3].map(() => prepareDirectory(directory, local)));
  const { ino } = await stat(directory, { bigint: true });
  expect(all.map((status) => status.ino)).toEqual([ino, ino, ino]);
  expect((await prepareDirectory(directory, local)).ino).toBe(ino);
  if (process.platform === "win32") return;
  for (const folder of [above, directory]) expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("what is wrong with a folder is told with its reason", async () => {
  const directory = await temporaryFolder();
  const asked: string[] = [];
  const cause = new Error("its own");
  const failing = (folder: string): Promise<never> => (asked.push(folder), Promise.reject(cause));
  expect(await failureOf(prepareDirectory(directory, failing))).toMatchObject({
    code: "cache",
    detail: "cache_unwritable",
    message: expect.stringMatching(/cannot be made or used.*Choose a `directory`/) as string,
    cause,
  });
  expect(asked).toEqual([directory]);
  const file = join(directory, "file");
  await writeFile(file, "");
  expect(await failureOf(prepareDirectory(join(file, "below")))).toMatchObject({
    message: expect.stringContaining(`${join(file, "below")} cannot be made or used (ENOTDIR)`) as string,
    cause: { code: "ENOTDIR" },
  });
});

test.runIf(process.geteuid?.() === 0)(
  "root uses no folder of another user's (runs as root only)",
  async () => {
    const directory = join(await temporaryFolder(), "theirs");
    await mkdir(directory);
    await chown(directory, 65_534, 65_534);
    expect(await failureOf(prepareDirectory(directory))).toMatchObject({
      detail: "cache_unwritable",
      message: expect.stringContaining(`${directory} belongs to another user`) as string,
    });
    expect(await readdir(directory)).toEqual([]);
  },
);

test.runIf(process.platform === "linux")(
  "whoever is not root uses what the system lets them use",
  async () => {
    const directory = await temporaryFolder();
    const { geteuid } = process;
    if (geteuid?.() === 0) await chown(directory, 65_534, 65_534);
    onTestFinished(() => void Object.assign(process, { geteuid }));
    for (const user of [() => 1000, undefined]) {
      Object.assign(process, { geteuid: user });
      expect((await prepareDirectory(directory)).isDirectory()).toBe(true);
    }
  },
);

test.each([
  [0x6969, "NFS"],
  [0xff534d42, "CIFS"],
  [0xff534d42 | 0, "CIFS"],
  [0x01021997, "9P (a Windows drive in WSL, or a shared folder)"],
  [0xef53, undefined],
])("the kernel says of what kind a file system is: %i", async (type, name) => {
  const seen: string[] = [];
  const statusOf = (folder: string) => (seen.push(folder), Promise.resolve({ type }));
  expect(await networkFileSystemOf("/a/folder", "linux", statusOf)).toBe(name);
  expect(seen).toEqual(["/a/folder"]);
  expect(await networkFileSystemOf("/a/folder", "darwin", statusOf)).toBeUndefined();
});

test.each([
  ["\\\\server\\share", "a network share"],
  ["//server/share", "a network share"],
  ["\\\\?\\C:\\folder", undefined],
  ["\\\\.\\C:\\folder", undefined],
  ["C:\\folder", undefined],
  ["C:\\folder\\\\server", undefined],
])("the path says it on Windows: %j", async (path, name) => {
  expect(await networkFileSystemOf(path, "win32")).toBe(name);
});
