import { invalidOption } from "./errors/invalid-option.ts";
import { isShortText } from "./is-short-text.ts";

/** Who is signed in, without any secret: safe to store. Python and .NET read and write the same JSON. */
export interface AuthenticationRecord {
  /** Host of the authority, such as "login.microsoftonline.com". */
  readonly authority: string;
  /** `<object id>.<home tenant id>`: stays the same in every tenant. */
  readonly homeAccountId: string;
  readonly clientId: string;
  /** The tenant of the sign-in: the account's home tenant, or the one it is a guest of. */
  readonly tenantId: string;
  readonly username: string;
}

/** Whether two records are of one person. The ids are GUIDs, which are the same in capital letters. */
export function isSameAccount(
  one: Pick<AuthenticationRecord, "homeAccountId">,
  other: Pick<AuthenticationRecord, "homeAccountId"> | undefined,
): boolean {
  return one.homeAccountId.toLowerCase() === other?.homeAccountId.toLowerCase();
}

/**
 * Whether two records are of two objects that had one name in one home tenant: the account was deleted and made anew.
 */
export function isRecreatedAccount(
  one: Pick<AuthenticationRecord, "homeAccountId" | "username">,
  other: { readonly homeAccountId: string; readonly username?: string | undefined },
): boolean {
  const homeOf = (id: string): string => id.slice(id.indexOf(".") + 1).toLowerCase();
  return (
    !isSameAccount(one, other) &&
    homeOf(one.homeAccountId) === homeOf(other.homeAccountId) &&
    one.username.toLowerCase() === other.username?.toLowerCase()
  );
}

const FIELDS = ["authority", "homeAccountId", "tenantId", "username", "clientId"] as const;
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

export function checkAuthenticationRecord(
  value: unknown,
  option: string,
): asserts value is AuthenticationRecord {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidOption(option, "an authentication record", value ?? null);
  }
  for (const field of FIELDS) {
    const content = Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined;
    if (!isShortText(content) || content === "") {
      throw invalidOption(option, `an authentication record whose "${field}" is a text`);
    }
  }
}

function pick(record: AuthenticationRecord): AuthenticationRecord {
  return Object.fromEntries(FIELDS.map((field) => [field, record[field]])) as unknown as AuthenticationRecord;
}
