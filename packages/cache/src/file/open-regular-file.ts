import { constants, type BigIntStats } from "node:fs";
import { lstat, open, type FileHandle } from "node:fs/promises";
import { cacheError, systemCode } from "../cache-error.ts";

export interface OpenedFile {
  readonly handle: FileHandle;
  readonly status: BigIntStats;
}

// Windows lacks the last two; a flag that is undefined adds nothing.
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Opens a file of this user's to read. Nothing else at the path is opened, followed, waited for or changed: no link,
 * folder, FIFO, socket or device, and no file that belongs to somebody else.
 * @returns `undefined` when nothing is there.
 * @throws AuthenticationError `cache`: `cache_not_regular`, `cache_unreadable`.
 */
export async function openRegularFile(path: string): Promise<OpenedFile | undefined> {
  let handle: FileHandle | undefined;
  try {
    const before = await lstat(path, { bigint: true });
    checkFile(before);
    // Without O_NONBLOCK the opening of a FIFO that was put there just now would wait for ever.
    handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const status = await handle.stat({ bigint: true });
    checkFile(status);
    return { handle, status };
  } catch (error) {
    await handle?.close();
    switch (systemCode(error)) {
      case "ENOENT":
        return undefined;
      case "ELOOP":
      case "ENXIO":
        throw notRegular(error);
      case "ENOTDIR":
      case "EACCES":
      case "EPERM":
      case "EIO":
      case "EMFILE":
      case "ENFILE":
        throw unreadable("The token cache file cannot be read", error);
      default:
        throw error;
    }
  }
}

/** Whether a regular file of this user's is at the path. Opens nothing. */
export async function isRegularFile(path: string): Promise<boolean> {
  const status = await lstat(path, { bigint: true }).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (status) checkFile(status);
  return status !== undefined;
}

function checkFile(status: BigIntStats): void {
  if (!status.isFile()) throw notRegular();
  const user = process.geteuid?.();
  if (user !== undefined && status.uid !== BigInt(user)) {
    throw unreadable("The token cache file belongs to another user");
  }
}

function notRegular(cause?: unknown): Error {
  return cacheError(
    "cache_not_regular",
    "At the token cache's path there is no regular file, but a link, a folder, a pipe, a socket or a device",
    "Remove it, or choose another `directory` or `name`",
    cause,
  );
}

function unreadable(what: string, cause?: unknown): Error {
  return cacheError(
    "cache_unreadable",
    what,
    "Make it this user's own and readable, or choose another `directory` or `name`",
    cause,
  );
}
