import type { JsonObject } from "../null-prototype-json.ts";

const SECRET_FIELDS = [
  "assertion",
  "client_assertion",
  "client_secret",
  "code",
  "code_verifier",
  "device_code",
  "password",
  "refresh_token",
  "state",
] as const;

// Replacing shorter values would only riddle the text: no secret is as short as that.
const SHORTEST_SECRET = 4;

/** The secret values that a request carries, in every spelling that a server could echo. */
export function sentSecrets(form: URLSearchParams): readonly string[] {
  const spellings = SECRET_FIELDS.flatMap((field) => form.getAll(field))
    .filter((value) => value.length >= SHORTEST_SECRET)
    .flatMap((value) => [
      value,
      encodeURIComponent(value),
      new URLSearchParams([["", value]]).toString().slice(1),
    ]);
  // The longest first, so that a value that contains another one goes as a whole.
  return [...new Set(spellings)].sort((a, b) => b.length - a.length);
}

/** `text` with every secret replaced by `***`. */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}

/** A copy of an answer in which no string holds one of the secrets. */
export function redactJson(json: JsonObject, secrets: readonly string[]): JsonObject {
  return secrets.length === 0 ? json : (redacted(json, secrets) as JsonObject);
}

function redacted(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redactText(value, secrets);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redacted(item, secrets));
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) copy[redactText(key, secrets)] = redacted(item, secrets);
  return copy;
}
