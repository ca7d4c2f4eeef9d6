import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { cacheError, systemCode } from "../cache-error.ts";
import { unwritable } from "../unwritable.ts";
import { monotonicTime } from "../monotonic-time.ts";
import { TEMPORARY_SUFFIX } from "./leftovers.ts";
import { identityNowAt } from "../disk/identity-now-at.ts";
import { syncDescriptor, syncFolder } from "../disk/sync-to-disk.ts";
import { byCallback } from "../disk/by-callback.ts";
import { WritableFile } from "../disk/writable-file.ts";

const fs = process.getBuiltinModule("node:fs");
// On Windows nothing is renamed while somebody has it open, nor is what is open replaced: "access denied" or "sharing
// violation". Readers of ours, virus scanners and indexers hold a file for moments each.
const OPEN_ELSEWHERE: ReadonlySet<string | undefined> = new Set(["EPERM", "EACCES", "EBUSY"]);
const RENAME_LIMIT_IN_MS = 3000;
const LONGEST_RENAME_PAUSE_IN_MS = 30;

/**
 * Replaces a file as a whole: at every moment, whatever happens, the path holds the complete old file or the
 * complete new one, and once this returns the new one survives a loss of power. Its content comes in parts.
 * @param replaced - the identity of the file that may be replaced, `undefined` for none. The lock does not reach
 * other machines and containers; what they have saved meanwhile is not overwritten either.
 * @param temporaryFolder - where it is written before, on the same disk.
 * @returns the identity of the new file.
 * @throws AuthenticationError `cache`, `cache_unwritable` or `cache_locked`; then the old file stands, and nothing
 * else is left.
 */
export async function replaceFile(
  path: string,
  parts: readonly Uint8Array[],
  replaced: string | undefined,
  temporaryFolder: string = dirname(path),
): Promise<string> {
  const identity = await putFile(path, parts, temporaryFolder, async (file) => {
    await syncDescriptor(file.descriptor);
    if (identityNowAt(path) !== replaced) throw changed();
  });
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    throw unwritable(error);
  }
  return identity;
}

/**
 * Puts a whole file at the path in one step, without waiting for the disk.
 * @param beforeRename - called with the new file, complete but not there yet; what it throws ends it all.
 * @returns the identity of the new file.
 * @throws AuthenticationError `cache`, `cache_unwritable`, or what `beforeRename` throws; then nothing has changed.
 */
export async function putFile(
  path: string,
  parts: readonly Uint8Array[],
  temporaryFolder: string,
  beforeRename: (file: WritableFile) => Promise<void> = async () => {},
): Promise<string> {
  const random = randomBytes(12).toString("hex");
  const temporary = join(temporaryFolder, `${basename(path)}.${random}${TEMPORARY_SUFFIX}`);
  let made = false;
  try {
    const file = await WritableFile.create(temporary);
    made = true;
    let identity: string;
    try {
      await file.write(parts);
      identity = file.identity();
      await beforeRename(file);
    } finally {
      await file.close();
    }
    await renameOver(temporary, path);
    return identity;
  } catch (error) {
    // What cannot be removed now is swept later; the first fault is what counts.
    if (made) await byCallback<void>((done) => fs.unlink(temporary, () => done(null, undefined)));
    throw unwritable(error);
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  const startedAt = monotonicTime();
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_RENAME_PAUSE_IN_MS)) {
    try {
      return await byCallback<void>((done) => fs.rename(from, to, (error) => done(error, undefined)));
    } catch (error) {
      const mayPass = process.platform === "win32" && OPEN_ELSEWHERE.has(systemCode(error));
      if (!mayPass || monotonicTime() - startedAt > RENAME_LIMIT_IN_MS) throw error;
    }
    // Not in step with whoever reads again and again.
    await new Promise((resolve) => setTimeout(resolve, pause * Math.random()));
  }
}

function changed(): Error {
  return cacheError(
    "cache_locked",
    "The token cache was changed by a process that its lock does not reach",
    "Do not share its folder between machines or containers",
  );
}
