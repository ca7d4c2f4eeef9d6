import type { TokenCacheEntry } from "@entrada/core";
import type { DataKey } from "../sealed/data-key.ts";
import { HEADER_LENGTH, MAGIC, parseHeader, seal, sealedLength, unseal } from "../sealed/sealed-format.ts";
import { openRegularFile } from "./open-regular-file.ts";
import { putFile } from "./replace-file.ts";
import { WritableFile } from "./writable-file.ts";

/** What the index says of a file. */
export interface IndexedRecord {
  readonly name: string;
  readonly entry: TokenCacheEntry;
}

export interface IndexContent {
  readonly records: ReadonlyMap<string, TokenCacheEntry>;
  /** How many pieces it consists of: each save has added one. */
  readonly pieces: number;
  readonly length: number;
}

/**
 * Which record lies in which file, so that whoever looks for an account opens one file and not all. It is a row of
 * sealed pieces, each appended in one call without a lock, newer ones counting before older. It is made of the records
 * and believed only as far as their files are there: what is lost or damaged of it is made anew from them.
 */
export class RecordIndex {
  readonly path: string;
  readonly #temporaryFolder: string;

  constructor(path: string, temporaryFolder: string) {
    this.path = path;
    this.#temporaryFolder = temporaryFolder;
  }

  async read(key: DataKey | undefined): Promise<IndexContent> {
    const records = new Map<string, TokenCacheEntry>();
    const opened = await openRegularFile(this.path);
    if (!opened) return { records, pieces: 0, length: 0 };
    const { file, status } = opened;
    let bytes: Buffer;
    try {
      bytes = await file.read(0, Number(status.size));
    } finally {
      await file.close();
    }
    let pieces = 0;
    for (let start = 0; start >= 0 && start < bytes.length;) {
      const end = readPiece(bytes, start, key, records);
      // A piece that was cut short, by a full disk: the next one begins with the magic again.
      start = end ?? bytes.indexOf(MAGIC, start + 1);
      pieces++;
    }
    return { records, pieces, length: bytes.length };
  }

  /** Adds what is newer. Fails like any save; the records stand all the same. */
  async append(key: DataKey | undefined, records: readonly IndexedRecord[]): Promise<void> {
    for (;;) {
      const file = await WritableFile.append(this.path);
      try {
        await file.write([Buffer.concat(pieceOf(key, records))]);
        // Replaced while it was written to: what was added may have come too late to be taken along.
        if (process.platform === "win32" || (await file.status()).nlink > 0n) return;
      } finally {
        await file.close();
      }
    }
  }

  /** Puts it down anew in one piece, and takes along what others have added since it was read. */
  async replace(
    key: DataKey | undefined,
    records: readonly IndexedRecord[],
    before: IndexContent,
  ): Promise<void> {
    // Windows replaces nothing that is open. What is lost there by it is found out by who lists the accounts next.
    const old = process.platform === "win32" ? undefined : await openRegularFile(this.path);
    try {
      await putFile(this.path, pieceOf(key, records), this.#temporaryFolder);
      if (!old) return;
      const { size } = await old.file.status();
      const added = await old.file.read(before.length, Math.max(Number(size) - before.length, 0));
      if (added.length === 0) return;
      const file = await WritableFile.append(this.path);
      try {
        await file.write([added]);
      } finally {
        await file.close();
      }
    } finally {
      await old?.file.close();
    }
  }
}

function pieceOf(key: DataKey | undefined, records: readonly IndexedRecord[]): readonly Uint8Array[] {
  const lines = records.map(({ name, entry }) => JSON.stringify([name, entry.key, entry.label]));
  return seal(Buffer.from(lines.join("\n")), key, 0n).sealed;
}

/** Where it ends; `undefined` if there is no piece. What is not sealed as all here is sealed says nothing. */
function readPiece(
  bytes: Buffer,
  start: number,
  key: DataKey | undefined,
  records: Map<string, TokenCacheEntry>,
): number | undefined {
  try {
    const header = parseHeader(bytes.subarray(start, start + HEADER_LENGTH));
    const end = start + sealedLength(header);
    if (header.keyId !== key?.id) return end <= bytes.length ? end : undefined;
    const content = unseal(header, bytes.subarray(start + HEADER_LENGTH, end), key);
    for (const line of Buffer.from(content).toString("utf8").split("\n")) {
      const [name, recordKey, label] = JSON.parse(line) as readonly [
        string,
        string,
        string | null | undefined,
      ];
      records.set(name, typeof label === "string" ? { key: recordKey, label } : { key: recordKey });
    }
    return end;
  } catch {
    return undefined;
  }
}
