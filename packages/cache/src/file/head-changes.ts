import type { DataKey } from "../sealed/data-key.ts";
import type { HeadInUse } from "./records-in-use.ts";
import type { Sealing } from "./sealing.ts";

/**
 * Makes the folder if need be, with all that an earlier version has kept; seals what was not as soon as it can be.
 * @param takeOver - makes records of what an earlier version has kept
 * @param hasSaved - whether this process has saved without a key: then it does not look for one again
 */
export async function makeFolder(
  head: HeadInUse,
  takeOver: (key: DataKey | undefined) => Promise<void>,
  hasSaved: boolean,
): Promise<Sealing> {
  // Before anything is made this says, too, whether there can be a key if there must be one.
  const present = await head.read();
  if (present && (present.key || hasSaved)) return present;
  await head.content.withLock(async () => {
    const sealing = await head.read();
    if (sealing?.key) return;
    const key = await head.keys.toSeal(undefined);
    if (sealing && !key) return;
    const wasPlain = sealing !== undefined || (await head.hasIndex());
    if (!sealing) await takeOver(key);
    await head.content.write(Buffer.from(JSON.stringify({ version: 1, wasPlain })));
  });
  // Somebody may have removed it all in between.
  return (await head.read()) ?? makeFolder(head, takeOver, hasSaved);
}

/**
 * Removes the head after what it speaks of, and then what others have saved until they saw that it is gone.
 * @param removeRecords - done under the lock of the head
 */
export async function clearFolder(head: HeadInUse, removeRecords: () => Promise<void>): Promise<void> {
  await head.content.withLock(async () => {
    await removeRecords();
    await head.content.clear();
    await removeRecords();
  });
}
