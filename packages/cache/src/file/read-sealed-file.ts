import type { FileHandle } from "node:fs/promises";
import type { WarningListener } from "../cache-warning.ts";
import { openRegularFile } from "./open-regular-file.ts";
import { fileLength, HEADER_LENGTH, parseHeader, type FileHeader } from "./sealed-file.ts";

/** A cache file as it was at one moment; `rest` is what follows the header, `undefined` if it is known already. */
export interface SealedFile {
  readonly header: FileHeader;
  readonly rest: Buffer | undefined;
}

/**
 * Reads a cache file whole, or only its header if that is `known`. A file that others could read is made private.
 * @throws AuthenticationError `cache`: `cache_not_regular`, `cache_unreadable`, `cache_corrupt`, `cache_version`.
 */
export async function readSealedFile(
  path: string,
  known: FileHeader | undefined,
  warn: WarningListener,
): Promise<SealedFile | undefined> {
  const opened = await openRegularFile(path);
  if (!opened) return undefined;
  const { handle, status } = opened;
  try {
    if (process.platform !== "win32" && (status.mode & 0o077n) !== 0n) {
      await handle.chmod(0o600);
      warn({
        code: "cache_permissions",
        message: "The token cache file was open to other users; it no longer is.",
      });
    }
    const header = parseHeader(await readAt(handle, 0, HEADER_LENGTH));
    if (known?.bytes.equals(header.bytes) && status.size === BigInt(fileLength(header))) {
      return { header, rest: undefined };
    }
    // One byte more than there should be shows that there are more.
    const rest = await readAt(handle, HEADER_LENGTH, fileLength(header) - HEADER_LENGTH + 1);
    return { header, rest };
  } finally {
    await handle.close();
  }
}

/** Reads up to `length` bytes. */
async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
