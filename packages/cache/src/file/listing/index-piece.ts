import type { DataKey } from "../../sealed/data-key.ts";
import { seal } from "../../sealed/seal.ts";
import type { IndexedRecord } from "./record-index.ts";

/** One piece: see `readIndex`. A line of JSON for each record. */
export function pieceOf(key: DataKey | undefined, records: readonly IndexedRecord[]): readonly Uint8Array[] {
  const lines = records.map(({ name, entry }) => JSON.stringify([name, entry.key, entry.label]));
  return seal(Buffer.from(lines.join("\n")), key, 0n).sealed;
}
