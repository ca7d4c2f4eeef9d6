import { AuthenticationError } from "../errors/authentication-error.ts";
import { AccountLine } from "./account-line.ts";
import { isObject, isStoredAccount } from "./stored-account.ts";
import { inert, type TokenDocument } from "./token-document.ts";

/*
 * A document is JSON, { version, signedOut, accounts }, in lines: the first ends where the accounts begin, each account
 * has one of its own, and the last is "}}". No text in JSON has a line break in it, so that the lines can be told apart
 * without parsing them. JSON that is laid out in another way is read as a whole.
 */
const VERSION = 1;
const BEFORE_ACCOUNTS = ',"accounts":{';
const BETWEEN_ACCOUNTS = ",\n";
const AFTER_ACCOUNTS = "\n}}";
const LINE_BREAK = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;

/**
 * @param onDamaged - called when an account turns out to be none at its first use: it is left out.
 * @throws AuthenticationError `cache`: detail `cache_version` for a document of a newer Entrada, which must be left
 * alone, else `cache_corrupt`.
 */
export function parseDocument(bytes: Uint8Array, onDamaged: (error: Error) => void): TokenDocument {
  // A store may be anybody's: what it gives may be something else than its type says.
  const isView = ArrayBuffer.isView(bytes);
  const text = isView ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.alloc(0);
  return documentInLines(text, onDamaged) ?? wholeDocument(text);
}

export function serializeDocument({ signedOut, accounts }: TokenDocument): Uint8Array {
  const head = JSON.stringify({ version: VERSION, signedOut }).slice(0, -1);
  const between = Buffer.from(BETWEEN_ACCOUNTS);
  const parts: Uint8Array[] = [];
  for (const [key, line] of accounts) if (!line.isDamaged) parts.push(between, line.bytes(key));
  parts[0] = Buffer.from(`${head}${BEFORE_ACCOUNTS}\n`);
  return joined([...parts, Buffer.from(AFTER_ACCOUNTS)]);
}

/** `undefined` for a text that is laid out in another way. */
function documentInLines(text: Buffer, onDamaged: (error: Error) => void): TokenDocument | undefined {
  const headEnd = text.indexOf(LINE_BREAK);
  const end = text.length - AFTER_ACCOUNTS.length;
  if (headEnd < 0 || headEnd >= end || text.toString("latin1", end) !== AFTER_ACCOUNTS) return undefined;
  const head = decoded(text.subarray(0, headEnd));
  if (!head.endsWith(BEFORE_ACCOUNTS)) return undefined;
  const { version, signedOut } = parsed(`${head}}}`);
  if (version !== VERSION || !areSignOuts(signedOut)) return undefined;
  const report = (): void => onDamaged(damaged("An account in the token cache", "It is left out"));
  const accounts = new Map<string, AccountLine>();
  for (let start = headEnd + 1; start < end;) {
    const lineEnd = text.indexOf(LINE_BREAK, start);
    const isLast = lineEnd === end;
    const line = text.subarray(start, isLast ? end : lineEnd - 1);
    const key = keyOf(line);
    if (key === undefined || !(isLast || text[lineEnd - 1] === COMMA)) return undefined;
    accounts.set(key, AccountLine.ofBytes(line, report));
    start = lineEnd + 1;
  }
  return { accounts, signedOut: inert(signedOut) };
}

/** `undefined` for a line that is no entry, or whose key is not as plain as ours are. */
function keyOf(line: Buffer): string | undefined {
  if (line[0] !== QUOTE) return undefined;
  const keyEnd = line.indexOf(QUOTE, 1);
  if (line.toString("latin1", keyEnd, keyEnd + 3) !== '":{') return undefined;
  const key = line.toString("utf8", 1, keyEnd);
  return key.includes("\\") ? undefined : key;
}

function wholeDocument(text: Buffer): TokenDocument {
  const { version, accounts, signedOut = {} } = parsed(decoded(text));
  if (typeof version === "number" && version > VERSION) {
    throw new AuthenticationError({
      code: "cache",
      what: "The token cache was written by a newer version of Entrada",
      remedy: "Update the @entrada packages, or use another cache name",
      detail: "cache_version",
    });
  }
  if (version !== VERSION || !isObject(accounts) || !areSignOuts(signedOut)) throw damaged();
  const lines = Object.entries(accounts).map(([key, account]) => {
    if (!isStoredAccount(account)) throw damaged();
    return [key, AccountLine.ofAccount(account)] as const;
  });
  return { accounts: new Map(lines), signedOut: inert(signedOut) };
}

/** In memory of its own, which a `Buffer` shares with others: it goes to stores that anybody may have written. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

/** What is no text is as good as an empty one. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(json) ?? {}) as Record<string, unknown>;
  } catch {
    // The parser's message quotes the text, which may hold tokens.
    return {};
  }
}

function areSignOuts(value: unknown): value is Record<string, number> {
  return isObject(value) && Object.values(value).every(Number.isFinite);
}

function damaged(what = "The token cache", remedy = "It is started anew"): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    what: `${what} is damaged`,
    remedy: `${remedy}: sign in again`,
    detail: "cache_corrupt",
  });
}
