import type { TokenCacheWarning } from "../token-cache-store.ts";

/** A place that holds one piece of content and no more: `blobTokenCache` makes a token cache of it. */
export interface TokenCacheBlob {
  /**
   * The present bytes, or `undefined` when nothing was stored yet. A place that can tell that nothing has changed
   * returns the same `Uint8Array` object again. What was returned is not changed later.
   * @throws AuthenticationError with code "cache".
   */
  read(): Promise<Uint8Array | undefined>;
  /**
   * Replaces the bytes as a whole, atomically. It is called inside `withLock` only, and after a `read`.
   * @throws AuthenticationError with code "cache"; then the bytes before stand.
   */
  write(data: Uint8Array): Promise<void>;
  /** Removes everything; takes the lock for itself where it is not inside `withLock`. */
  clear(): Promise<void>;
  /** Runs `work` while no other process or credential that shares this place is inside its own. */
  withLock<T>(work: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
  /** Optional: see `TokenCacheStore.watchWarnings`. */
  watchWarnings?(listener: (warning: TokenCacheWarning) => void): () => void;
}
