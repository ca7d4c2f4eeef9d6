import type { BigIntStats } from "node:fs";

/** A folder whose surroundings have been seen to, as it was then. All files in it share one of these. */
export interface SeenFolder {
  status?: BigIntStats | undefined;
}

const fs = process.getBuiltinModule("node:fs");

/**
 * The folder as it is, if it is still the one that was seen to. What its file system is was asked then, of a thread: of
 * a folder on a disk of this machine that is in use, the system knows this without looking.
 */
export function seenAgain({ status: seen }: SeenFolder, directory: string): BigIntStats | undefined {
  if (!seen) return undefined;
  const status = statusOf(directory);
  const isSame =
    status?.ino === seen.ino &&
    status.dev === seen.dev &&
    status.mode === seen.mode &&
    status.uid === seen.uid;
  return isSame ? status : undefined;
}

function statusOf(directory: string): BigIntStats | undefined {
  try {
    return fs.statSync(directory, { bigint: true });
  } catch {
    // Whoever prepares it anew says what is wrong with it.
    return undefined;
  }
}
