/** A JSON object that nothing is inherited by: "__proto__" and "constructor" are keys like any other. */
export type JsonObject = Readonly<Record<string, unknown>>;

// No answer of an authority is nested deeper than a handful of levels.
const DEEPEST = 64;

/** Parses a JSON object. `undefined`: it is not JSON, or not an object. */
export function parseJsonObject(body: Uint8Array | string): JsonObject | undefined {
  try {
    const text =
      typeof body === "string"
        ? body
        : new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body);
    const value = withoutPrototypes(JSON.parse(text), 0);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    // The parser quotes the text in its message: nothing of it may be kept.
    return undefined;
  }
}

function withoutPrototypes(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) throw new RangeError("nested too deeply");
  if (Array.isArray(value)) return value.map((item) => withoutPrototypes(item, depth + 1));
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) copy[key] = withoutPrototypes(item, depth + 1);
  return copy;
}
