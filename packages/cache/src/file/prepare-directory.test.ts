import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
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
