import type { TokenCacheEntry } from "@entrada/core";
import type { DataKey } from "../sealed/data-key.ts";
import { HEADER_LENGTH, MAGIC, parseHeader, sealedLength, unseal } from "../sealed/sealed-format.ts";
import { openRegularFile } from "./open-regular-file.ts";

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
export async function readIndex(path: string, key: DataKey | undefined): Promise<IndexContent> {
  const records = new Map<string, TokenCacheEntry>();
  const opened = await openRegularFile(path);
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
