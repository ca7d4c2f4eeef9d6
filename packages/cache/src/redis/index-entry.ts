import type { TokenCacheEntry } from "@entrada/core";
import { isCacheError } from "../cache-error.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { parseEntry } from "../sealed/record-content.ts";
import { seal } from "../sealed/seal.ts";
import { unseal } from "../sealed/sealed-format.ts";
import { sealedOf, valueOf } from "./sealed-value.ts";

/** What the index says of a record: with the record's name in it, so that it cannot be passed off as another's. */
export function sealEntry({ key, label }: TokenCacheEntry, name: string, dataKey: DataKey): string {
  return valueOf(seal(Buffer.from(`${name}${JSON.stringify({ key, label })}`), dataKey, 0n).sealed);
}

/** `undefined` for what was not sealed so. */
export function openEntry(sealed: string, name: string, dataKey: DataKey): TokenCacheEntry | undefined {
  try {
    const { header, rest } = sealedOf(sealed);
    const content = Buffer.from(unseal(header, rest, dataKey));
    if (content.toString("latin1", 0, name.length) !== name) return undefined;
    return parseEntry(content.subarray(name.length));
  } catch (error) {
    if (!isCacheError(error)) throw error;
    return undefined;
  }
}
