import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode, unwritable } from "../cache-error.ts";
import { TEMPORARY_SUFFIX } from "./leftovers.ts";

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
// On Windows a virus scanner or an indexer holds a new file open for moments; MoveFileEx then says "access denied".
const SCANNER_PAUSES_IN_MS = [5, 10, 20, 50, 100, 200, 400];

/**
 * Replaces a file as a whole: at every moment, whatever happens, the path holds the complete old file or the
 * complete new one, and once this returns the new one survives a loss of power. `mayReplace` is asked last.
 * @throws AuthenticationError `cache`, `cache_unwritable`; then the old file stands and nothing else is left.
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  mayReplace: () => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomBytes(12).toString("hex")}${TEMPORARY_SUFFIX}`;
  let made = false;
  try {
    const file = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    made = true;
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await mayReplace();
    await renameOver(temporary, path);
    made = false;
    await syncFolder(dirname(path));
  } catch (error) {
    // Swept later if it cannot be removed now; the first fault is what counts.
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

async function renameOver(from: string, to: string): Promise<void> {
  for (const pause of SCANNER_PAUSES_IN_MS) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (process.platform !== "win32" || !["EPERM", "EACCES", "EBUSY"].includes(systemCode(error) ?? "")) {
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  await rename(from, to);
}
