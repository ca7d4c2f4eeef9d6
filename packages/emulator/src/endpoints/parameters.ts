import { aadsts } from "../refusals/entra-error.ts";

/** The value of a parameter, or undefined where it is absent or empty. */
export function optional(from: URLSearchParams, name: string): string | undefined {
  return from.get(name) || undefined;
}

/** The value of a parameter. @throws EntraError AADSTS900144 where it is absent or empty */
export function required(from: URLSearchParams, name: string): string {
  const value = optional(from, name);
  if (value === undefined) throw aadsts(900144, { name });
  return value;
}

/**
 * No parameter may come twice: two readers could take different ones (RFC 6749 section 3.1 and 3.2).
 * @param names - the only ones to look at
 * @throws EntraError AADSTS9000411
 */
export function refuseRepeated(from: URLSearchParams, names: Iterable<string> = from.keys()): void {
  for (const name of names) if (from.getAll(name).length > 1) throw aadsts(9000411, { name });
}
