import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, unlink, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { cacheError, systemCode, unwritable } from "../cache-error.ts";
import { monotonicTime } from "../monotonic-time.ts";
import { TEMPORARY_SUFFIX } from "./leftovers.ts";
import { identityAt, identityOf } from "./open-regular-file.ts";

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
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
 * @returns the identity of the new file.
 * @throws AuthenticationError `cache`, `cache_unwritable` or `cache_locked`; then the old file stands, and nothing
 * else is left.
 */
export async function replaceFile(
  path: string,
  parts: readonly Uint8Array[],
  replaced: string | undefined,
): Promise<string> {
  const temporary = `${path}.${randomBytes(12).toString("hex")}${TEMPORARY_SUFFIX}`;
  let made = false;
  try {
    const file = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    made = true;
    let identity: string;
    try {
      await writeAll(file, parts);
      const [status] = await Promise.all([file.stat({ bigint: true }), file.sync()]);
      identity = identityOf(status);
    } finally {
      await file.close();
    }
    if ((await identityAt(path)) !== replaced) throw changed();
    await renameOver(temporary, path);
    made = false;
    await syncFolder(dirname(path));
    return identity;
  } catch (error) {
    // What cannot be removed now is swept later; the first fault is what counts.
    if (made) await unlink(temporary).catch(() => {});
    throw unwritable(error);
  }
}

/** Puts changes of a folder's entries on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder this way, and NTFS keeps a journal of renames.
  if (process.platform === "win32") return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } catch (error) {
    // Some file systems cannot.
    if (systemCode(error) !== "EINVAL" && systemCode(error) !== "ENOTSUP") throw error;
  } finally {
    await folder.close();
  }
}

/** In one call where the system takes it all: each call waits for a thread. */
async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const { bytesWritten } = await file.writev(parts);
  if (bytesWritten === length) return;
  const whole = Buffer.concat(parts);
  for (let written = bytesWritten; written < length;) {
    written += (await file.write(whole, written)).bytesWritten;
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  const startedAt = monotonicTime();
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_RENAME_PAUSE_IN_MS)) {
    try {
      return await rename(from, to);
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
