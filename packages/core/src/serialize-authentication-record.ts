import {
  RECORD_FIELDS,
  checkAuthenticationRecord,
  type AuthenticationRecord,
} from "./authentication-record.ts";
import { invalidOption } from "./errors/invalid-option.ts";

const VERSION = "1.0";

/**
 * Writes a record as JSON that azure-identity for Python and .NET read, too.
 * @throws TypeError when `record` is none.
 */
export function serializeAuthenticationRecord(record: AuthenticationRecord): string {
  checkAuthenticationRecord(record, "record");
  return JSON.stringify({ ...pick(record), version: VERSION });
}

/**
 * Reads what {@link serializeAuthenticationRecord} or its Python and .NET counterparts wrote.
 * @throws TypeError which names what is wrong: no JSON, a missing field, another version.
 */
export function deserializeAuthenticationRecord(text: string): AuthenticationRecord {
  if (typeof text !== "string")
    throw invalidOption("text", "the JSON text of an authentication record", text ?? null);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw invalidOption("text", "the JSON text of an authentication record; it is not JSON");
  }
  const version = (value as { version?: unknown } | null)?.version;
  checkAuthenticationRecord(value, "text");
  if (version !== VERSION) {
    throw invalidOption("text", `an authentication record of version "${VERSION}"; its "version" is not`);
  }
  return pick(value);
}

function pick(record: AuthenticationRecord): AuthenticationRecord {
  return Object.fromEntries(
    RECORD_FIELDS.map((field) => [field, record[field]]),
  ) as unknown as AuthenticationRecord;
}
