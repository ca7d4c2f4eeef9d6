import type { WarningListener } from "../cache-warning.ts";
import {
  identityOf,
  openRegularFile,
  unreadable,
  type OpenedRegularFile,
} from "../disk/open-regular-file.ts";
import type { Sealed } from "../sealed/sealed-place.ts";
import { sealedLength, HEADER_LENGTH, parseHeader, type SealHeader } from "../sealed/sealed-format.ts";

// Of a cache with a few accounts this is all. What is there may also be something else, of any length.
const FIRST_READ = 16 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Reads a cache file whole, or only its header if that is `known`: no two saves have the same. A file that others
 * could read is made private.
 * @throws AuthenticationError `cache`: `cache_not_regular`, `cache_unreadable`, `cache_corrupt`, `cache_version`.
 */
export async function readSealedFile(
  path: string,
  known: SealHeader | undefined,
  warn: WarningListener,
): Promise<Sealed | undefined> {
  const opened = await openRegularFile(path);
  if (!opened) return undefined;
  const { file, status } = opened;
  try {
    await makePrivate(opened, warn);
    const identity = identityOf(status);
    const atFirst = known ? HEADER_LENGTH : Math.min(FIRST_READ, Number(status.size));
    const start = await file.read(0, atFirst);
    const header = parseHeader(start);
    const length = sealedLength(header);
    // A file of another length than its header says is damaged, and how much there is of it does not matter.
    if (status.size !== BigInt(length)) return { header, rest: NOTHING, identity };
    if (known?.bytes.equals(header.bytes)) return { header, rest: undefined, identity };
    const isThere = start.length >= length;
    const rest = isThere
      ? start.subarray(HEADER_LENGTH)
      : await file.read(HEADER_LENGTH, length - HEADER_LENGTH);
    return { header, rest, identity };
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

async function makePrivate({ file, status }: OpenedRegularFile, warn: WarningListener): Promise<void> {
  if (process.platform === "win32" || (status.mode & 0o077n) === 0n) return;
  if (status.nlink > 1n) {
    // Whose mode this is, too, nobody here knows. The next save makes a file of its own.
    warn({
      code: "cache_permissions",
      message:
        "The token cache file is open to other users and has a second name (a hard link): it was left so.",
    });
    return;
  }
  await file.changeMode(0o600);
  warn({
    code: "cache_permissions",
    message: "The token cache file was open to other users. It no longer is.",
  });
}
