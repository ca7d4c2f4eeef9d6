import { readdir, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { TokenCacheStore } from "@entrada/core";
import { isCacheError, systemCode } from "../cache-error.ts";
import { unwritable } from "../unwritable.ts";
import type { WarningListener } from "../cache-warning.ts";
import { lockFor } from "../lock/lock-for.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { isRecordName } from "../sealed/record-name.ts";
import type { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import type { FolderPath } from "./folder-path.ts";
import { moveRecords } from "./move-records.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { appendToIndex, replaceIndex } from "./listing/index-changes.ts";
import type { IndexContent, IndexedRecord } from "./listing/record-index.ts";

export interface RecordFolderParts {
  readonly path: FolderPath;
  readonly open: (key: DataKey | undefined, name: string) => SealedTokenCache;
  readonly warn: WarningListener;
}

const TEMPORARY = /^([0-9a-z]+)\.[0-9a-f]{24}\.tmp$/;
/** Files whose processes have ended, removed by one save at most. */
const SWEPT_AT_ONCE = 200;

/** What changes the folder of records as a whole. */
export class RecordFolder {
  readonly #parts: RecordFolderParts;

  constructor(parts: RecordFolderParts) {
    this.#parts = parts;
  }

  /** What there is to remove: the folder, and the file of an earlier version or what that has left beside it. */
  async present(): Promise<{ readonly folder: boolean; readonly before: boolean }> {
    const { directory, before } = this.#parts.path;
    try {
      const names = await namesIn(dirname(directory));
      return {
        folder: names.includes(basename(directory)),
        before: names.some((name) => name.startsWith(basename(before))),
      };
    } catch (error) {
      throw unwritable(error);
    }
  }

  /** Adds records to the index. */
  async index(key: DataKey | undefined, records: readonly IndexedRecord[]): Promise<void> {
    await unlessOnlyTheIndex(() => appendToIndex(this.#parts.path.index, key, records));
  }

  /** Makes these the index, and what others have added since it was read. */
  async replaceIndex(
    key: DataKey | undefined,
    records: readonly IndexedRecord[],
    before: IndexContent,
  ): Promise<void> {
    await unlessOnlyTheIndex(() => replaceIndex(this.#parts.path, key, records, before));
  }

  /** It is made anew from the records when somebody asks for it. */
  removeIndex(): Promise<void> {
    return removed(this.#parts.path.index);
  }

  /** Takes over what an earlier version has kept. Call it while holding the lock of the head, which is not there yet. */
  async takeOver(key: DataKey | undefined, before: TokenCacheStore): Promise<void> {
    if ((await identityAt(this.#parts.path.before)) === undefined) return;
    const moved = await moveRecords(this.#parts.path, key, before);
    if (moved.length > 0) await this.index(key, moved);
  }

  /** Removes what processes have left that ended in the middle of a save: their locks are free. */
  async sweep(): Promise<void> {
    const { directory, asideDirectory } = this.#parts.path;
    try {
      const left = (await readdir(asideDirectory)).filter((name) => TEMPORARY.test(name));
      if (left.length === 0) return;
      const folder = await prepareDirectory(directory);
      for (const name of left.slice(0, SWEPT_AT_ONCE)) {
        const [, record = ""] = TEMPORARY.exec(name)!;
        const path = record === "head" ? this.#parts.path.head : this.#parts.path.record(record);
        const held = await lockFor(directory, folder, path.lockName ?? path.fileName).tryAcquire();
        if (!held) continue;
        try {
          await removed(join(asideDirectory, name));
        } finally {
          await held.release();
        }
      }
    } catch {
      // The save is done; what is left can wait for the next process.
    }
  }

  /** Removes all records, and what stands beside them. Call it while holding the lock of the head. */
  async remove(): Promise<void> {
    const { directory, asideDirectory } = this.#parts.path;
    try {
      for (const name of await namesIn(directory)) {
        if (!isRecordName(name)) continue;
        await identityAt(join(directory, name)); // refuses what is no file of ours
        await removed(join(directory, name));
      }
      await this.removeIndex();
      for (const name of await namesIn(asideDirectory)) {
        if (/\.(?:tmp|corrupt-[0-9A-Z]+-[0-9a-f]+)$/.test(name)) await removed(join(asideDirectory, name));
      }
    } catch (error) {
      throw unwritable(error);
    }
  }
}

/** An index that cannot be written costs time, and nothing else. */
async function unlessOnlyTheIndex(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isCacheError(error) && systemCode(error) === undefined) throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

async function removed(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}
