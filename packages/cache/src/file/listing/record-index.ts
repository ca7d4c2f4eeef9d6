import type { TokenCacheEntry } from "@entrada/core";
import type { DataKey } from "../../sealed/data-key.ts";
import { HEADER_LENGTH, MAGIC, parseHeader, sealedLength, unseal } from "../../sealed/sealed-format.ts";
import { openRegularFile, unreadable } from "../../disk/open-regular-file.ts";

/** What the index says of a file. */
export interface IndexedRecord {
  readonly name: string;
  readonly entry: TokenCacheEntry;
}

export interface IndexContent {
  /** As they were put down: the last one of a name counts, of which there may be several. */
  readonly records: readonly IndexedRecord[];
  /** How many pieces it consists of: each save has added one. */
  readonly pieces: number;
  readonly length: number;
}

/** One line of a piece. */
type Line = readonly [name: string, key: string, label: string | null];

/**
 * Which record lies in which file, so that whoever looks for an account opens one file and not all. It is a row of
 * sealed pieces, each appended in one call without a lock, newer ones counting before older. It is made of the records
 * and believed only as far as their files are there: what is lost or damaged of it is made anew from them.
 */
export async function readIndex(path: string, key: DataKey | undefined): Promise<IndexContent> {
  const records: IndexedRecord[] = [];
  const opened = await openRegularFile(path);
  if (!opened) return { records, pieces: 0, length: 0 };
  const { file, status } = opened;
  let bytes: Buffer;
  try {
    bytes = await file.read(0, Number(status.size));
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
  let pieces = 0;
  for (let start = 0; start >= 0 && start < bytes.length;) {
    const end = readPiece(bytes, start, key, records);
    // A piece that says nothing may have been cut short, by a full disk: the next one begins with the magic again.
    start = end ?? bytes.indexOf(MAGIC, start + 1);
    pieces++;
  }
  return { records, pieces, length: bytes.length };
}

/** Where it ends; `undefined` if there is no piece. What is not sealed as all here is sealed does not open. */
function readPiece(
  bytes: Buffer,
  start: number,
  key: DataKey | undefined,
  records: IndexedRecord[],
): number | undefined {
  try {
    const header = parseHeader(bytes.subarray(start, start + HEADER_LENGTH));
    const end = start + sealedLength(header);
    const content = unseal(header, bytes.subarray(start + HEADER_LENGTH, end), key);
    // All lines at once: in a new process the parser of the runtime is fast, and code of ours is not yet.
    const text = Buffer.from(content).toString("utf8").replaceAll("\n", ",");
    for (const line of JSON.parse(`[${text}]`) as readonly Line[]) {
      const label = line[2];
      records.push({
        name: line[0],
        entry: typeof label === "string" ? { key: line[1], label } : { key: line[1] },
      });
    }
    return end;
  } catch {
    return undefined;
  }
}
