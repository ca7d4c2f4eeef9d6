import type { BigIntStats } from "node:fs";
import { cacheError, isCacheError, NO_FOLDER, systemCode } from "../cache-error.ts";
import { byCallback } from "./by-callback.ts";
import { OpenedFile } from "./opened-file.ts";

export interface OpenedRegularFile {
  readonly file: OpenedFile;
  readonly status: BigIntStats;
}

const fs = process.getBuiltinModule("node:fs");
// Windows lacks the last two; a flag that is undefined adds nothing.
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;

/**
 * Opens a file of this user's to read. Nothing else at the path is followed, waited for or changed: no link, folder,
 * FIFO, socket or device, and no file that belongs to somebody else.
 * @returns `undefined` when nothing is there.
 * @throws AuthenticationError `cache`: `cache_not_regular`, `cache_unreadable`.
 */
export async function openRegularFile(path: string): Promise<OpenedRegularFile | undefined> {
  let file: OpenedFile | undefined;
  try {
    // Where the flags exist they do the same without a gap: a link is refused, and a FIFO does not wait for a writer.
    if (process.platform === "win32") checkFile(path, await linkStatus(path));
    file = await OpenedFile.at(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const status = file.status();
    checkFile(path, status);
    return { file, status };
  } catch (error) {
    await file?.close();
    if (systemCode(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

/** What distinguishes the file at a path from whatever replaces it; `undefined` when there is none. Opens nothing. */
export async function identityAt(path: string): Promise<string | undefined> {
  try {
    return checkedIdentityOf(path, await linkStatus(path));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

/** @throws AuthenticationError `cache`, `cache_not_regular` or `cache_unreadable` of what is no file of this user's. */
export function checkedIdentityOf(path: string, status: BigIntStats): string {
  checkFile(path, status);
  return identityOf(status);
}

export function identityOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino}:${size}:${mtimeNs}`;
}

/** What it means that the system refused to read the file at a path. A fault of ours stays what it is. */
export function unreadable(path: string, cause: unknown): Error {
  if (isCacheError(cause)) return cause;
  const code = systemCode(cause);
  if (code === "ELOOP" || code === "ENXIO" || code === "EISDIR") return notRegular(path, cause);
  return cacheError(
    "cache_unreadable",
    `The token cache file ${path} could not be read${code ? ` (${code})` : ""}`,
    remedyFor(code),
    cause,
  );
}

/** What is not known to help is not guessed at. */
function remedyFor(code: string | undefined): string {
  if (code === "ENOTDIR") return NO_FOLDER;
  return code === "EACCES" || code === "EPERM"
    ? "Make it readable for this user, or choose another `directory` or `name`"
    : "The error's `cause` says why; or choose another `directory` or `name`";
}

function linkStatus(path: string): Promise<BigIntStats> {
  return byCallback((done) => fs.lstat(path, { bigint: true }, done));
}

function checkFile(path: string, status: BigIntStats): void {
  if (!status.isFile()) throw notRegular(path);
  const user = process.geteuid?.();
  if (user === undefined || status.uid === BigInt(user)) return;
  throw cacheError(
    "cache_unreadable",
    `The token cache file ${path} belongs to another user`,
    "Remove it or make it this user's own, or choose another `directory` or `name`",
  );
}

function notRegular(path: string, cause?: unknown): Error {
  return cacheError(
    "cache_not_regular",
    `At the token cache's path ${path} there is no regular file, but a link, a folder, a pipe, a socket or a device`,
    "Remove it, or choose another `directory` or `name`",
    cause,
  );
}
