import type { DataKey } from "../../sealed/data-key.ts";
import type { FolderPath } from "../folder-path.ts";
import { openRegularFile } from "../../disk/open-regular-file.ts";
import { pieceOf } from "./index-piece.ts";
import type { IndexContent, IndexedRecord } from "./record-index.ts";
import { putFile } from "../replace-file.ts";
import { WritableFile } from "../../disk/writable-file.ts";

/** Adds what is newer. Fails like any save; the records stand all the same. */
export async function appendToIndex(
  path: string,
  key: DataKey | undefined,
  records: readonly IndexedRecord[],
): Promise<void> {
  for (;;) {
    const file = await WritableFile.append(path);
    try {
      await file.write([Buffer.concat(pieceOf(key, records))]);
      // Replaced while it was written to: what was added may have come too late to be taken along.
      if (process.platform === "win32" || file.status().nlink > 0n) return;
    } finally {
      await file.close();
    }
  }
}

/** Puts it down anew in one piece, and takes along what others have added since it was read. */
export async function replaceIndex(
  { index: path, asideDirectory }: FolderPath,
  key: DataKey | undefined,
  records: readonly IndexedRecord[],
  before: IndexContent,
): Promise<void> {
  // Windows replaces nothing that is open. What is lost there by it is found out by who lists the accounts next.
  const old = process.platform === "win32" ? undefined : await openRegularFile(path);
  try {
    await putFile(path, pieceOf(key, records), asideDirectory);
    if (!old) return;
    const { size } = old.file.status();
    const added = await old.file.read(before.length, Math.max(Number(size) - before.length, 0));
    if (added.length === 0) return;
    const file = await WritableFile.append(path);
    try {
      await file.write([added]);
    } finally {
      await file.close();
    }
  } finally {
    await old?.file.close();
  }
}
