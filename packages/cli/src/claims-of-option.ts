import { UsageError } from "./usage-error.ts";

/**
 * The claims that `--claims-challenge` gives: as they are, or in base64, as a WWW-Authenticate header has them.
 * @throws UsageError for what is neither
 */
export function claimsOfOption(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const claims = text.trim().startsWith("{") ? text : Buffer.from(text, "base64").toString();
  if (isObject(claims)) return claims;
  throw new UsageError(
    `--claims-challenge takes the claims of a challenge, as JSON or in base64, not ${JSON.stringify(text.slice(0, 40))}.`,
  );
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
