import type { TokenCacheEntry } from "@entrada/core";
import { cacheError } from "../cache-error.ts";

/*
 * What is sealed as one record: a line of JSON that says whose it is, and the record. The key in it keeps a record from
 * being passed off as another's; with the label it is what an index can be made of anew.
 */
const LINE_BREAK = 0x0a;

export interface RecordContent {
  readonly entry: TokenCacheEntry;
  readonly data: Uint8Array;
}

export function packRecord({ entry, data }: RecordContent): Uint8Array {
  const { key, label } = entry;
  const head = Buffer.from(`${JSON.stringify({ key, label })}\n`);
  const content = new Uint8Array(head.length + data.length);
  content.set(head);
  content.set(data, head.length);
  return content;
}

/** @throws AuthenticationError `cache`, `cache_corrupt`. */
export function unpackRecord(content: Uint8Array): RecordContent {
  const end = content.indexOf(LINE_BREAK);
  const entry = end < 0 ? undefined : parseEntry(content.subarray(0, end));
  if (!entry) throw damagedRecord();
  return { entry, data: content.subarray(end + 1) };
}

/** `undefined` for what names no record. */
export function parseEntry(json: Uint8Array): TokenCacheEntry | undefined {
  try {
    const { key, label } = (JSON.parse(Buffer.from(json).toString("utf8")) ?? {}) as Record<string, unknown>;
    if (typeof key !== "string" || (label !== undefined && typeof label !== "string")) return undefined;
    return label === undefined ? { key } : { key, label };
  } catch {
    // The parser's message quotes the text.
    return undefined;
  }
}

export function damagedRecord(): Error {
  return cacheError(
    "cache_corrupt",
    "An account in the token cache is damaged",
    "It is put aside: sign in to it again",
  );
}
