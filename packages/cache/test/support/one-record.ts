import type { TokenCacheStore } from "@entrada/core";

/** One record of a token cache as if it were all there is: for tests of what holds for each record. */
export interface OneRecord {
  readonly store: TokenCacheStore;
  read(): Promise<Uint8Array | undefined>;
  write(data: Uint8Array): Promise<void>;
  clear(): Promise<void>;
  withLock<T>(work: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
}

export const RECORD_KEY = "client|authority|person";

export function oneRecord(store: TokenCacheStore, key: string = RECORD_KEY): OneRecord {
  return {
    store,
    read: () => store.read(key),
    write: (data) => store.write(key, data, "label"),
    clear: () => store.clear(),
    withLock: (work, options) => store.withLock(key, work, options),
  };
}
