import { isAuthenticationError } from "../errors/authentication-error.ts";

export type CacheFault = Error & { readonly detail?: string };

/** Where faults are told that the cache lives with. */
export type TellFault = (fault: Error) => void;

// What a person or developer must mend; with the others the cache goes on in memory.
const TO_MEND = new Set(["cache_no_encryption", "cache_not_regular", "cache_version"]);

/** @param detail - that one alone; absent: any fault of a token cache */
export function isCacheFault(error: unknown, detail?: string): error is CacheFault {
  if (!isAuthenticationError(error) || error.code !== "cache") return false;
  return detail === undefined || error.detail === detail;
}

/**
 * Tells of a fault of the store that the cache goes on without it for.
 * @param hasSignIn - whether somebody's sign-in would be lost with the error: then it is told, whatever it is
 * @throws `error`, if it is none to live with.
 */
export function tolerate(error: unknown, tell: TellFault, hasSignIn = false): void {
  if (!isCacheFault(error) || (TO_MEND.has(error.detail ?? "") && !hasSignIn)) throw error;
  tell(error);
}

/** Tells of damage, which counts as nothing there. @throws `error`, if it is no damage. */
export function tellDamage(error: unknown, tell: TellFault): void {
  if (!isCacheFault(error, "cache_corrupt")) throw error;
  tell(error);
}
