import { check } from "@entrada/core/credential";
import { cacheError } from "../cache-error.ts";
import { monotonicTime } from "../monotonic-time.ts";
import { withinLimit } from "../time-limit.ts";
import type { KeyStore } from "./key-store.ts";

// A keyring that hung is not waited for again by every call; the person may still be looking for the password.
const REST_IN_MS = 60_000;

/**
 * A key store each of whose calls ends within `limitInMs`, even if the one underneath never answers. After such a
 * call the next ones fail at once, for a minute.
 * @throws TypeError for what is no key store: a caller may have made it.
 */
export function limitedKeyStore(
  store: KeyStore,
  limitInMs: number,
  monotonic: () => number = monotonicTime,
): KeyStore {
  check.methods("keyStore", store, ["read", "write", "remove"]);
  let restsUntil = -Infinity;
  const limited = async <T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    if (monotonic() < restsUntil) throw noAnswer(limitInMs);
    return withinLimit(limitInMs, call, () => {
      restsUntil = monotonic() + REST_IN_MS;
      return noAnswer(limitInMs);
    });
  };
  return {
    read: () => limited((signal) => store.read(signal)),
    write: (secret) => limited((signal) => store.write(secret, signal)),
    remove: () => limited((signal) => store.remove(signal)),
  };
}

function noAnswer(limitInMs: number): Error {
  return cacheError(
    "cache_unreadable",
    `The keyring did not answer within ${limitInMs / 1000} s`,
    "Unlock the keyring, or answer its question, and try again in a minute",
  );
}
