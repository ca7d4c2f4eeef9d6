import { systemCode } from "../cache-error.ts";
import { byCallback } from "./by-callback.ts";
import { closeFile } from "./close-file.ts";

const fs = process.getBuiltinModule("node:fs");
// A file system that has no such call, or not for this kind of file. What it says of the disk itself (EIO, ENOSPC) is
// no such answer.
const WITHOUT_SYNC: ReadonlySet<string | undefined> = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Puts an open file on the disk, where its file system can. */
export async function syncDescriptor(descriptor: number): Promise<void> {
  try {
    await byCallback<void>((done) => fs.fsync(descriptor, (error) => done(error, undefined)));
  } catch (error) {
    if (!WITHOUT_SYNC.has(systemCode(error))) throw error;
  }
}

/** Puts changes of a folder's entries on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder this way, and NTFS keeps a journal of renames.
  if (process.platform === "win32") return;
  await syncPath(path);
}

/** Opens what lies there, which was just used, to put it on the disk. */
export async function syncPath(path: string): Promise<void> {
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY);
  try {
    await syncDescriptor(descriptor);
  } finally {
    await closeFile(descriptor);
  }
}
