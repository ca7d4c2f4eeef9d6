import { redactText } from "./sent-secrets.ts";

/** A platform's error, as far as it is read here. */
interface ErrorLike {
  readonly name?: unknown;
  readonly message: string;
  readonly stack?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

// No platform's error is as deep, or holds as much.
const DEEPEST = 8;
const MOST_PARTS = 5000;

/**
 * What a transport or another piece of the caller's threw, as the cause of our error: itself, or, where it tells a
 * secret of the request, a copy that has only its name, message, code and causes. A parser's error always is such a copy, since it quotes the answer.
 */
export function shownCause(cause: unknown, secrets: readonly string[]): unknown {
  return tellsSecret(cause, secrets) ? bareCopy(cause, secrets, 0) : cause;
}

function tellsSecret(cause: unknown, secrets: readonly string[]): boolean {
  const parts: unknown[] = [cause];
  const seen = new Set<unknown>();
  for (const part of parts) {
    if (parts.length > MOST_PARTS || isParserError(part)) return true;
    if (typeof part === "string" || ArrayBuffer.isView(part)) {
      if (secrets.some((secret) => includes(part, secret))) return true;
    } else if (typeof part === "object" && part !== null && !seen.has(part)) {
      seen.add(part);
      for (const next of partsOf(part)) parts.push(next);
    }
  }
  return false;
}

function includes(part: string | ArrayBufferView, secret: string): boolean {
  if (typeof part === "string") return part.includes(secret);
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).includes(secret);
}

function partsOf(value: object): readonly unknown[] {
  const entries = value instanceof Map || value instanceof Set ? [...value] : [];
  return [...entries, ...Reflect.ownKeys(value).map((key) => partOf(value, key))];
}

function partOf(value: object, key: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined; // a getter that throws shows nothing to anybody
  }
}

/** The HTTP parser's, of Node and of its fetch. */
function isParserError(value: unknown): boolean {
  return isErrorLike(value) && typeof value.code === "string" && value.code.startsWith("HPE_");
}

function bareCopy(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (!isErrorLike(value) || depth === DEEPEST) return undefined;
  const { name, message, stack, code } = value;
  const cause = bareCopy(value.cause, secrets, depth + 1);
  const copy = new Error(redactText(message, secrets), cause === undefined ? undefined : { cause });
  if (typeof name === "string") copy.name = redactText(name, secrets);
  copy.stack = redactText(typeof stack === "string" ? stack : "", secrets);
  return typeof code === "string" ? Object.assign(copy, { code: redactText(code, secrets) }) : copy;
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === "object" && value !== null && typeof partOf(value, "message") === "string";
}
