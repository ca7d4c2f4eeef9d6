import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { TokenCacheEntry, TokenCacheStore } from "@entrada/core";
import { isCacheError, systemCode, unwritable } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import { lockFor } from "../lock/lock-for.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { unpackRecord } from "../sealed/record-content.ts";
import { isRecordName, recordName } from "../sealed/record-name.ts";
import type { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import type { FolderPath } from "./folder-path.ts";
import { moveRecords } from "./move-records.ts";
import { identityAt } from "./open-regular-file.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { readSealedFile } from "./read-sealed-file.ts";
import { RecordIndex, type IndexContent, type IndexedRecord } from "./record-index.ts";
import type { Sealing } from "./sealing.ts";

export interface RecordFolderParts {
  readonly path: FolderPath;
  readonly open: (key: DataKey | undefined, name: string) => SealedTokenCache;
  readonly warn: WarningListener;
}

const TEMPORARY = /^([0-9a-z]+)\.[0-9a-f]{24}\.tmp$/;
/** Files whose processes have ended, removed by one save at most. */
const SWEPT_AT_ONCE = 200;
/** Records that the index does not name, opened before what was learned of them is put down. */
const OPENED_AT_ONCE = 500;
/** Pieces of the index beyond which it is put down anew by who reads it. */
const MOST_PIECES = 128;

/** What concerns the folder of records as a whole. */
export class RecordFolder {
  readonly #parts: RecordFolderParts;
  readonly #index: RecordIndex;

  constructor(parts: RecordFolderParts) {
    this.#parts = parts;
    this.#index = new RecordIndex(parts.path.index, parts.path.asideDirectory);
  }

  /** Whether the file of an earlier version is there. */
  async hasBefore(): Promise<boolean> {
    return (await identityAt(this.#parts.path.before)) !== undefined;
  }

  /** All records whose files are there: what the index says of them, or what they say themselves. */
  async list({ key, wasPlain }: Sealing): Promise<readonly TokenCacheEntry[]> {
    const names = (await readdir(this.#parts.path.directory)).filter(isRecordName);
    const known = await this.#readIndex(key);
    const entries = new Map<string, TokenCacheEntry>();
    const found: IndexedRecord[] = [];
    const unknown: string[] = [];
    for (const name of names) {
      const entry = known.records.get(name);
      if (!entry) unknown.push(name);
      else {
        found.push({ name, entry });
        entries.set(entry.key, entry);
      }
    }
    for (let start = 0; start < unknown.length; start += OPENED_AT_ONCE) {
      const learned = await this.#learn(unknown.slice(start, start + OPENED_AT_ONCE), key, wasPlain);
      for (const { entry } of learned) if (!entries.has(entry.key)) entries.set(entry.key, entry);
      found.push(...learned);
      if (learned.length > 0) await this.#unlessOnlyTheIndex(() => this.#index.append(key, learned));
    }
    if (known.pieces > MOST_PIECES || known.records.size > 2 * found.length + MOST_PIECES) {
      await this.#unlessOnlyTheIndex(() => this.#index.replace(key, found, known));
    }
    return [...entries.values()];
  }

  /** Adds one record to the index. */
  async index({ key }: Sealing, recordKey: string, entry: TokenCacheEntry): Promise<void> {
    const name = recordName(key, recordKey);
    await this.#unlessOnlyTheIndex(() => this.#index.append(key, [{ name, entry }]));
  }

  /** Takes over what an earlier version has kept. Call it while holding the lock of the head, which is not there yet. */
  async takeOver(key: DataKey | undefined, before: TokenCacheStore): Promise<void> {
    if (!(await this.hasBefore())) return;
    const moved = await moveRecords(this.#parts.path, key, before);
    if (moved.length > 0) await this.#unlessOnlyTheIndex(() => this.#index.append(key, moved));
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
      await removed(this.#index.path);
      for (const name of await namesIn(asideDirectory)) {
        if (/\.(?:tmp|corrupt-[0-9A-Z]+-[0-9a-f]+)$/.test(name)) await removed(join(asideDirectory, name));
      }
    } catch (error) {
      throw unwritable(error);
    }
  }

  async #readIndex(key: DataKey | undefined): Promise<IndexContent> {
    try {
      return await this.#index.read(key);
    } catch (error) {
      if (!isCacheError(error)) throw error;
      return { records: new Map(), pieces: 0, length: 0 };
    }
  }

  async #learn(
    names: readonly string[],
    key: DataKey | undefined,
    wasPlain: boolean,
  ): Promise<readonly IndexedRecord[]> {
    const learned: IndexedRecord[] = [];
    for (const name of names) {
      const isPlain = wasPlain && key !== undefined && (await this.#isPlain(name));
      const entry = await this.#entryOf(isPlain ? undefined : key, name);
      if (entry) learned.push({ name, entry });
    }
    return learned;
  }

  /** Asked before it is opened: what is opened with another key than its own counts as damaged. */
  async #isPlain(name: string): Promise<boolean> {
    try {
      const sealed = await readSealedFile(this.#parts.path.record(name).file, undefined, () => {});
      return sealed !== undefined && sealed.header.keyId === undefined;
    } catch (error) {
      if (!isCacheError(error)) throw error;
      return false;
    }
  }

  async #entryOf(key: DataKey | undefined, name: string): Promise<TokenCacheEntry | undefined> {
    try {
      const content = await this.#parts.open(key, name).read();
      const entry = content && unpackRecord(content).entry;
      return entry && recordName(key, entry.key) === name ? entry : undefined;
    } catch (error) {
      // One that cannot be read costs nobody the others; who asks for it hears why.
      if (!isCacheError(error)) throw error;
      return undefined;
    }
  }

  /** An index that cannot be written costs time, and nothing else. */
  async #unlessOnlyTheIndex(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isCacheError(error) && systemCode(error) === undefined) throw error;
    }
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
