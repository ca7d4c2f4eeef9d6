export type JsonFields = Readonly<Record<string, unknown>>;

/** An object of an answer; `undefined` for anything else. */
export function fieldsOf(value: unknown): JsonFields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonFields)
    : undefined;
}

/** A field that the answer itself has: none is read from what all objects inherit. */
export function fieldOf(fields: JsonFields | undefined, name: string): unknown {
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A text that is there and not empty. */
export function textOf(fields: JsonFields | undefined, name: string): string | undefined {
  const value = fieldOf(fields, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, also one that was written as a text. */
export function numberOf(fields: JsonFields | undefined, name: string): number | undefined {
  const value = fieldOf(fields, name);
  const number = typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Claims in the form of a JWT, or, as early versions of Himmelblau wrote them, of one part of it. */
export function claimsOf(token: string | undefined): JsonFields | undefined {
  if (token === undefined) return undefined;
  const parts = token.split(".");
  const part = parts.length === 3 ? parts[1] : parts.length === 1 ? parts[0] : undefined;
  if (part === undefined || !/^[\w-]+={0,2}$/.test(part)) return undefined;
  try {
    return fieldsOf(JSON.parse(Buffer.from(part, "base64url").toString("utf8")));
  } catch {
    return undefined; // opaque: whoever asked knows without it what to do
  }
}
