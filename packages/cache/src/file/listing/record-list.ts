import type { TokenCacheEntry } from "@entrada/core";
import { isCacheError } from "../../cache-error.ts";
import type { DataKey } from "../../sealed/data-key.ts";
import { unpackRecord } from "../../sealed/record-content.ts";
import { isRecordName, recordName } from "../../sealed/record-name.ts";
import { byCallback } from "../../disk/by-callback.ts";
import { readSealedFile } from "../read-sealed-file.ts";
import { readIndex, type IndexContent, type IndexedRecord } from "./record-index.ts";
import type { RecordFolder, RecordFolderParts } from "../record-folder.ts";
import type { Sealing } from "../sealing.ts";

const fs = process.getBuiltinModule("node:fs");
/** Records that the index does not name, opened before what was learned of them is put down. */
const OPENED_AT_ONCE = 500;
/** Pieces of the index beyond which it is put down anew by who reads it. */
const MOST_PIECES = 128;

/** Which records a folder has. What it learns beside the index, it puts down there for the next who asks. */
export class RecordList {
  readonly #parts: RecordFolderParts;
  readonly #folder: () => Promise<RecordFolder>;

  /** @param folder - loaded when something is to be put down */
  constructor(parts: RecordFolderParts, folder: () => Promise<RecordFolder>) {
    this.#parts = parts;
    this.#folder = folder;
  }

  /** All records whose files are there: what the index says of them, or what they say themselves. */
  async list({ key, wasPlain }: Sealing): Promise<readonly TokenCacheEntry[]> {
    const [index, names] = await Promise.all([this.#readIndex(key), this.#names()]);
    const left = new Set(names);
    // The newest first: an older line finds its file taken.
    const found = index.records.toReversed().filter(({ name }) => left.delete(name));
    const unknown = [...left].filter(isRecordName);
    for (let start = 0; start < unknown.length; start += OPENED_AT_ONCE) {
      const learned = await this.#learn(unknown.slice(start, start + OPENED_AT_ONCE), key, wasPlain);
      found.push(...learned);
      if (learned.length > 0) await (await this.#folder()).index(key, learned);
    }
    if (index.pieces > MOST_PIECES || index.records.length > 2 * found.length + MOST_PIECES) {
      await (await this.#folder()).replaceIndex(key, found, index);
    }
    return wasPlain ? oneOfEach(key, found) : found.map(({ entry }) => entry);
  }

  #names(): Promise<readonly string[]> {
    return byCallback((done) => fs.readdir(this.#parts.path.directory, done));
  }

  async #readIndex(key: DataKey | undefined): Promise<IndexContent> {
    try {
      return await readIndex(this.#parts.path.index, key);
    } catch {
      // It costs time, and nothing else.
      return { records: [], pieces: 0, length: 0 };
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
      return sealed?.header.keyId === undefined;
    } catch {
      return false; // who opens it hears why
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
}

/** A record has two files while it is being sealed that was not: the sealed one is as it is now. */
function oneOfEach(key: DataKey | undefined, records: readonly IndexedRecord[]): readonly TokenCacheEntry[] {
  const entries = new Map<string, TokenCacheEntry>();
  for (const { name, entry } of records) {
    if (entries.has(entry.key) && name !== recordName(key, entry.key)) continue;
    entries.set(entry.key, entry);
  }
  return [...entries.values()];
}
