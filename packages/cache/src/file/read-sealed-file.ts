import type { FileHandle } from "node:fs/promises";
import type { WarningListener } from "../cache-warning.ts";
import { identityOf, openRegularFile, unreadable, type OpenedFile } from "./open-regular-file.ts";
import type { Sealed } from "../sealed/sealed-place.ts";
import { sealedLength, HEADER_LENGTH, parseHeader, type SealHeader } from "../sealed/sealed-format.ts";

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
  try {
    await makePrivate(opened, warn);
    const { handle, status } = opened;
    const identity = identityOf(status);
    const header = parseHeader(await readAt(handle, 0, HEADER_LENGTH));
    const isWhole = status.size === BigInt(sealedLength(header));
    if (isWhole && known?.bytes.equals(header.bytes)) return { header, rest: undefined, identity };
    // A file of another length than its header says is damaged, and how much there is of it does not matter.
    const rest = isWhole
      ? await readAt(handle, HEADER_LENGTH, sealedLength(header) - HEADER_LENGTH)
      : NOTHING;
    return { header, rest, identity };
  } catch (error) {
    throw unreadable(error);
  } finally {
    await opened.handle.close();
  }
}

const NOTHING = Buffer.alloc(0);

async function makePrivate({ handle, status }: OpenedFile, warn: WarningListener): Promise<void> {
  if (process.platform === "win32" || (status.mode & 0o077n) === 0n) return;
  await handle.chmod(0o600);
  warn({
    code: "cache_permissions",
    message: "The token cache file was open to other users. It no longer is.",
  });
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
