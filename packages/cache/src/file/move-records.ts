import { join } from "node:path";
import type { TokenCacheStore } from "@entrada/core";
import { cacheError, isCacheError } from "../cache-error.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { packRecord, unpackRecord } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { seal } from "../sealed/seal.ts";
import { unseal } from "../sealed/sealed-format.ts";
import type { FolderPath } from "./folder-path.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import { readSealedFile } from "./read-sealed-file.ts";
import type { IndexedRecord } from "./listing/record-index.ts";
import { putFile } from "./replace-file.ts";
import { syncFolder, syncPath } from "../disk/sync-to-disk.ts";

/**
 * Makes a record of each account that an earlier version has kept in one file. That file stays as it is: such a version
 * may still run, and only whoever has all of it in records, on the disk and read back, begins to use them.
 */
export async function moveRecords(
  { directory, asideDirectory }: FolderPath,
  key: DataKey | undefined,
  before: TokenCacheStore,
): Promise<readonly IndexedRecord[]> {
  const moved: IndexedRecord[] = [];
  for (const entry of await entriesOf(before)) {
    const data = await before.read(entry.key);
    if (!data) continue;
    const name = recordName(key, entry.key);
    // From an earlier try, or newer: where the head was lost, the records were not.
    if ((await identityAt(join(directory, name))) !== undefined) continue;
    const content = packRecord({ entry, data });
    await putFile(join(directory, name), seal(content, key, 1n).sealed, asideDirectory);
    moved.push({ name, entry });
  }
  // The first of these takes along most of what the others wait for.
  for (const { name } of moved) await syncPath(join(directory, name));
  await syncFolder(directory);
  for (const { name, entry } of moved) {
    const sealed = await readSealedFile(join(directory, name), undefined, () => {});
    const content = sealed?.rest && unseal(sealed.header, sealed.rest, key);
    const data = await before.read(entry.key);
    if (!content || !data || !Buffer.from(unpackRecord(content).data).equals(data)) throw notMoved();
  }
  return moved;
}

async function entriesOf(before: TokenCacheStore): ReturnType<TokenCacheStore["list"]> {
  try {
    return await before.list();
  } catch (error) {
    // There is nothing to move in what is damaged; what could still be made of it stays where it is.
    if (isCacheError(error, "cache_corrupt")) return [];
    throw error;
  }
}

function notMoved(): Error {
  return cacheError(
    "cache_unwritable",
    "The accounts of an earlier version's token cache could not be moved: what was read back is not what was written",
    "Check the disk; the earlier file is as it was",
  );
}
