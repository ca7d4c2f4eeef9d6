import { AuthenticationError } from "../../errors/authentication-error.ts";
import { labelOf } from "../account-label.ts";
import { parseAccount } from "../account-record.ts";
import { damaged, ofNewerVersion } from "../cache-damage.ts";
import { inert } from "../inert.ts";
import { areSignOuts, NO_SIGN_OUTS, type SignedOut } from "../sign-out-record.ts";
import { isObject, isStoredAccount } from "../stored-account.ts";
import { parsedJson } from "../parsed-json.ts";

/*
 * A document is JSON, { version, signedOut, accounts }, in lines: the first ends where the accounts begin, each account
 * has one of its own, and the last is "}}". No text in JSON has a line break in it, so that the lines can be told apart
 * without parsing them. JSON that is laid out in another way is read as a whole. Its like is what the first versions
 * of Entrada kept on disk; they can read what is written here.
 */
export interface BlobDocument {
  /** By key, the JSON of each: an account as it stands in its record, or what `wrapped` has made of something else. */
  readonly records: ReadonlyMap<string, Uint8Array>;
  readonly signedOut: SignedOut;
}

const VERSION = 1;
const BEFORE_ACCOUNTS = ',"accounts":{';
const BETWEEN_ACCOUNTS = ",\n";
const AFTER_ACCOUNTS = "\n}}";
const LINE_BREAK = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;

export const EMPTY_DOCUMENT: BlobDocument = Object.freeze({ records: new Map(), signedOut: NO_SIGN_OUTS });

/**
 * @throws AuthenticationError `cache`: detail `cache_version` for a document of a newer Entrada, which must be left
 * alone, `cache_unreadable` for what is no bytes, else `cache_corrupt`.
 */
export function parseDocument(bytes: Uint8Array | undefined): BlobDocument {
  if (bytes === undefined || bytes.length === 0) return EMPTY_DOCUMENT;
  // A place may be anybody's: what it gives may be something else than its type says, and is no damage.
  if (!ArrayBuffer.isView(bytes)) throw noBytes(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return documentInLines(text) ?? wholeDocument(text);
}

export function serializeDocument({ signedOut, records }: BlobDocument): Uint8Array {
  const head = JSON.stringify({ version: VERSION, signedOut }).slice(0, -1);
  const between = Buffer.from(BETWEEN_ACCOUNTS);
  const parts: Uint8Array[] = [];
  for (const [key, json] of records) parts.push(between, Buffer.from(`${JSON.stringify(key)}:`), json);
  parts[0] = Buffer.from(`${head}${BEFORE_ACCOUNTS}\n`);
  return joined([...parts, Buffer.from(AFTER_ACCOUNTS)]);
}

/** `undefined` for a text that is laid out in another way. */
function documentInLines(text: Buffer): BlobDocument | undefined {
  const headEnd = text.indexOf(LINE_BREAK);
  const end = text.length - AFTER_ACCOUNTS.length;
  if (text.toString("latin1", end) !== AFTER_ACCOUNTS) return undefined;
  const head = text.toString("utf8", 0, headEnd);
  if (!head.endsWith(BEFORE_ACCOUNTS)) return undefined;
  const { version, signedOut } = parsed(Buffer.from(`${head}}}`));
  if (version !== VERSION || !areSignOuts(signedOut)) return undefined;
  const records = new Map<string, Uint8Array>();
  for (let start = headEnd + 1; start < end;) {
    const lineEnd = text.indexOf(LINE_BREAK, start);
    const isLast = lineEnd === end;
    const line = text.subarray(start, isLast ? end : lineEnd - 1);
    const keyEnd = endOfKey(line);
    if (keyEnd === undefined || !(isLast || text[lineEnd - 1] === COMMA)) return undefined;
    records.set(line.toString("utf8", 1, keyEnd), line.subarray(keyEnd + 2));
    start = lineEnd + 1;
  }
  return { records, signedOut: inert(signedOut) };
}

/** `undefined` for a line that is no entry, or whose key is not as plain as ours are. */
function endOfKey(line: Buffer): number | undefined {
  if (line[0] !== QUOTE) return undefined;
  const keyEnd = line.indexOf(QUOTE, 1);
  if (line.toString("latin1", keyEnd, keyEnd + 3) !== '":{') return undefined;
  return line.subarray(1, keyEnd).includes("\\") ? undefined : keyEnd;
}

function wholeDocument(text: Buffer): BlobDocument {
  const { version, accounts, signedOut = {} } = parsed(text);
  if (typeof version === "number" && version > VERSION) throw ofNewerVersion();
  if (version !== VERSION || !isObject(accounts) || !areSignOuts(signedOut)) throw damaged();
  const lines = Object.entries(accounts).map(([key, value]) => {
    if (!isStoredAccount(value) && !isWrapped(value)) throw damaged();
    return [key, Buffer.from(JSON.stringify(value))] as const;
  });
  return { records: new Map(lines), signedOut: inert(signedOut) };
}

/** The JSON under which the record of this key stands in a document. */
export function jsonOfRecord(key: string, data: Uint8Array, label: string | undefined): Uint8Array {
  return isOwnLabel(key, data, label)
    ? Uint8Array.from(data)
    : Buffer.from(JSON.stringify({ bytes: Buffer.from(data).toString("base64"), label }));
}

/** The record that stands in a document as this JSON. */
export function recordOfJson(json: Uint8Array): Uint8Array {
  const value = startsWrapped(json) ? parsedJson(json) : undefined;
  return isWrapped(value) ? Uint8Array.from(Buffer.from(value.bytes, "base64")) : json;
}

/** The label of the record that stands in a document as this JSON; `undefined` if it has none, or cannot be read. */
export function labelOfJson(key: string, json: Uint8Array): string | undefined {
  if (startsWrapped(json)) {
    const value = parsedJson(json);
    return isWrapped(value) ? value.label : undefined;
  }
  try {
    return labelOf(key, parseAccount(json));
  } catch {
    // Whoever opens the record hears of it.
    return undefined;
  }
}

function isOwnLabel(key: string, data: Uint8Array, label: string | undefined): boolean {
  if (label === undefined || data.includes(LINE_BREAK) || data[0] !== 0x7b) return false;
  return labelOfJson(key, data) === label;
}

const WRAPPED = Buffer.from('{"bytes":"');

function startsWrapped(json: Uint8Array): boolean {
  return WRAPPED.equals(json.subarray(0, WRAPPED.length));
}

function isWrapped(value: unknown): value is { readonly bytes: string; readonly label?: string } {
  if (!isObject(value) || typeof value["bytes"] !== "string") return false;
  return value["label"] === undefined || typeof value["label"] === "string";
}

/** In memory of its own, which a `Buffer` shares with others: it goes to places that anybody may have written. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

function parsed(json: Uint8Array): Readonly<Record<string, unknown>> {
  return (parsedJson(json) ?? {}) as Record<string, unknown>;
}

function noBytes(given: unknown): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    detail: "cache_unreadable",
    what: `The \`read\` of a token cache in one piece gave ${given instanceof Object ? given.constructor.name : typeof given}`,
    remedy: "Let it give a Uint8Array, such as a Buffer, or undefined",
  });
}
