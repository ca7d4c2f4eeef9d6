import { randomBytes } from "node:crypto";
import { lstat, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { systemCode } from "../cache-error.ts";
import type { CachePath } from "./cache-path.ts";

export const TEMPORARY_SUFFIX = ".tmp";
const TEMPORARY = /^\.[0-9a-f]{24}\.tmp$/;
const CORRUPT = /^\.corrupt-\d{8}T\d{9}Z-[0-9a-f]{8}$/;
const KEPT_CORRUPT_FILES = 3;
// A save takes milliseconds; whatever is this old was left by a process that ended in the middle of one.
const OLD_IN_MS = 3_600_000;

/** Moves a damaged file to `<file>.corrupt-<time>` beside it, and keeps the newest three of these. */
export async function putAside(path: CachePath, now: Date): Promise<void> {
  const time = now.toISOString().replaceAll(/[-:.]/g, "");
  const name = `${path.fileName}.corrupt-${time}-${randomBytes(4).toString("hex")}`;
  await rename(path.file, join(asideOf(path), name));
  const all = (await named(path, CORRUPT)).sort();
  await removeAll(all.slice(0, -KEPT_CORRUPT_FILES));
}

/** Removes temporary files that ended processes left. Call it while holding the cache's lock. */
export async function sweep(path: CachePath, now: Date): Promise<void> {
  for (const file of await named(path, TEMPORARY)) {
    const age = now.getTime() - (await lstat(file)).mtimeMs;
    if (age > OLD_IN_MS) await removeAll([file]);
  }
}

/** Removes everything that stands beside the cache file and may hold tokens. */
export async function removeLeftovers(path: CachePath): Promise<void> {
  await removeAll([...(await named(path, TEMPORARY)), ...(await named(path, CORRUPT))]);
}

/** Where what is not the file itself lies. */
export function asideOf({ asideDirectory, directory }: CachePath): string {
  return asideDirectory ?? directory;
}

async function named(path: CachePath, rest: RegExp): Promise<string[]> {
  const directory = asideOf(path);
  const names = await readdir(directory);
  return names
    .filter((name) => name.startsWith(path.fileName) && rest.test(name.slice(path.fileName.length)))
    .map((name) => join(directory, name));
}

async function removeAll(files: readonly string[]): Promise<void> {
  for (const file of files) {
    await unlink(file).catch((error: unknown) => {
      if (systemCode(error) !== "ENOENT") throw error;
    });
  }
}
