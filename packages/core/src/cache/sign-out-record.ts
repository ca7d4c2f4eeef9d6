import { damaged, ofNewerVersion } from "./cache-damage.ts";
import { inert } from "./inert.ts";
import { parsedJson } from "./parsed-json.ts";
import { isObject } from "./stored-account.ts";

/**
 * Sign-ins that were signed out, by account, as their `signedInAt`: what another process still has of one in memory
 * stays out of the cache.
 */
export type SignedOut = Readonly<Record<string, number>>;

/** The key of the one record that concerns all accounts. No account's key is without a bar. */
export const SIGN_OUTS = "signed-out";

const VERSION = 1;
// What a process could not save for so many sign-outs is not worth a growing record.
const KEPT_SIGN_OUTS = 100;

export const NO_SIGN_OUTS: SignedOut = Object.freeze(inert<number>({}));

export function serializeSignOuts(signedOut: SignedOut): Uint8Array {
  return Uint8Array.from(Buffer.from(JSON.stringify({ version: VERSION, signedOut })));
}

/** @throws AuthenticationError `cache`: `cache_version`, or `cache_corrupt`. */
export function parseSignOuts(bytes: Uint8Array | undefined): SignedOut {
  if (bytes === undefined) return NO_SIGN_OUTS;
  const value = ArrayBuffer.isView(bytes) ? parsedJson(bytes) : undefined;
  if (isObject(value)) {
    if (typeof value["version"] === "number" && value["version"] > VERSION) throw ofNewerVersion();
    if (value["version"] === VERSION && areSignOuts(value["signedOut"])) return inert(value["signedOut"]);
  }
  throw damaged("The token cache's list of sign-outs", "It is started anew");
}

/** This sign-in of the account is not to come back. */
export function withSignOut(signedOut: SignedOut, key: string, signedInAt: number): SignedOut {
  const { [key]: before = -Infinity, ...others } = signedOut;
  const last = [key, Math.max(before, signedInAt)] as const;
  return inert(Object.fromEntries([...Object.entries(others), last].slice(-KEPT_SIGN_OUTS)));
}

export function areSignOuts(value: unknown): value is SignedOut {
  return isObject(value) && Object.values(value).every(Number.isFinite);
}
