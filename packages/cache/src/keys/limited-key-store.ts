import { cacheError } from "../cache-error.ts";
import type { KeyStore } from "./key-store.ts";

/** A key store each of whose calls ends within `limitInMs`, even if the one underneath never answers. */
export function limitedKeyStore(store: KeyStore, limitInMs: number): KeyStore {
  return {
    read: () => within(limitInMs, (signal) => store.read(signal)),
    write: (secret) => within(limitInMs, (signal) => store.write(secret, signal)),
    remove: () => within(limitInMs, (signal) => store.remove(signal)),
  };
}

function within<T>(limitInMs: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const limit = new AbortController();
    // Not unref'd: somebody awaits the answer.
    const timer = setTimeout(() => {
      reject(
        cacheError(
          "cache_unreadable",
          `The keyring did not answer within ${limitInMs / 1000} s`,
          "Unlock the keyring, or answer its question, and try again",
        ),
      );
      limit.abort();
    }, limitInMs);
    call(limit.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
