import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { TokenCacheStore } from "@entrada/core";
import { cacheError } from "../src/cache-error.ts";
import { identityAt } from "../src/disk/open-regular-file.ts";
import { persistentTokenCache } from "../src/persistent-token-cache.ts";
import { bytes, failureOf, filesIn, temporaryFolder, text } from "./support/cache-fixture.ts";
import { MemoryKeyStore } from "./support/memory-key-store.ts";

/** All that can be asked of a cache without an account in it, or of an account that it does not have. */
const CALLS: readonly (readonly [string, (store: TokenCacheStore) => Promise<unknown>, unknown])[] = [
  ["reading an account", (store) => store.read("none"), undefined],
  ["listing", (store) => store.list(), []],
  ["asking for the revision", async (store) => typeof (await store.revision!()), "string"],
  ["removing an account", (store) => store.remove("none"), undefined],
  ["removing all", (store) => store.clear(), undefined],
];
/** Nothing can be made in it, whoever tries. */
const UNWRITABLE = "/proc/entrada";

/** The cache "test" in a folder; each is another process. */
function opener(directory: string): { open: () => TokenCacheStore; keys: MemoryKeyStore } {
  const keys = new MemoryKeyStore();
  const open = (): TokenCacheStore => persistentTokenCache({ name: "test", directory, keyStore: () => keys });
  return { open, keys };
}

/** All that lies below a folder, with what tells each file from another that replaces it. */
async function stateOf(folder: string): Promise<readonly string[]> {
  const files = await Promise.all(
    (await filesIn(folder)).map(async (file) => `${file} ${await identityAt(join(folder, file))}`),
  );
  return [...(await readdir(folder, { recursive: true })), ...files].sort();
}

describe.each(CALLS)("%s", (name, call, answer) => {
  test("makes nothing where nothing ever was: no folder, no key", async () => {
    const parent = await temporaryFolder();
    const { open, keys } = opener(join(parent, "of the application", "caches"));
    for (const store of [open(), open()]) expect(await call(store)).toEqual(answer);
    expect(await readdir(parent)).toEqual([]);
    expect(keys.secret).toBeUndefined();
  });

  test("makes nothing beside the caches of others", async () => {
    const directory = await temporaryFolder();
    await persistentTokenCache({
      name: "other",
      directory,
      keyStore: () => new MemoryKeyStore(),
    }).write("a", bytes("of another cache"));
    const before = await stateOf(directory);
    const { open, keys } = opener(directory);
    expect(await call(open())).toEqual(answer);
    expect(await stateOf(directory)).toEqual(before);
    expect(keys.secret).toBeUndefined();
  });

  test("makes nothing where all was removed", async () => {
    const directory = await temporaryFolder();
    const { open, keys } = opener(directory);
    await open().write("a", bytes("gone"));
    await open().clear();
    const before = await stateOf(directory);
    expect(await call(open())).toEqual(answer);
    expect(await stateOf(directory)).toEqual(before);
    expect(keys.secret).toBeUndefined();
  });

  test.runIf(process.platform === "linux")("works where nothing can be made", async () => {
    expect(await call(opener(UNWRITABLE).open())).toEqual(answer);
  });

  // Removing all is the one that does not.
  if (name === "removing all") return;
  test("leaves the accounts that are there as they are", async () => {
    const directory = await temporaryFolder();
    const { open, keys } = opener(directory);
    await open().write("a", bytes("of a"), "label");
    const [before, { secret }] = [await stateOf(directory), keys];
    await call(open());
    expect(await stateOf(directory)).toEqual(before);
    expect(keys.secret).toBe(secret);
    expect(text(await open().read("a"))).toBe("of a");
  });
});

describe("removing all", () => {
  test("removes what an earlier version has left in the middle of a save, though its file is gone", async () => {
    const directory = await temporaryFolder();
    const left = join(directory, `test.cache.${"0".repeat(24)}.tmp`);
    await writeFile(left, "tokens");
    await opener(directory).open().clear();
    expect(await filesIn(directory)).not.toContain(basename(left));
  });

  test("says where it cannot be, if a part of the path is no folder", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    const clearing = opener(join(file, "caches")).open().clear();
    expect(await failureOf(clearing)).toMatchObject({ code: "cache", detail: "cache_unwritable" });
  });
});

describe("removing all, where only the key is left", () => {
  test("removes the key", async () => {
    const directory = join(await temporaryFolder(), "gone");
    const { open, keys } = opener(directory);
    keys.secret = "of a folder that somebody has deleted";
    await open().clear();
    expect(keys.secret).toBeUndefined();
  });

  test("makes nothing where there is no keyring to look into", async () => {
    const directory = join(await temporaryFolder(), "none");
    const { open, keys } = opener(directory);
    keys.failure = cacheError("cache_no_encryption", "No keyring", "Install one");
    await open().clear();
    await expect(mkdir(directory)).resolves.toBeUndefined();
  });
});
