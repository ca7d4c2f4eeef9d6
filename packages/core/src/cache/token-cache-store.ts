/**
 * Where the token cache is kept: bytes in, bytes out. The engine decides what is in them and when to write;
 * a store decides where they lie, how they are protected and how processes share them.
 */
export interface TokenCacheStore {
  /**
   * The present bytes, or `undefined` when nothing was stored yet. A store that can tell that nothing has changed
   * returns the same `Uint8Array` object again: the engine then parses nothing.
   * @throws AuthenticationError with code "cache".
   */
  read(): Promise<Uint8Array | undefined>;
  /** Replaces the bytes as a whole, atomically. Called only inside `withLock`, after `read`. */
  write(data: Uint8Array): Promise<void>;
  /** Removes everything. */
  clear(): Promise<void>;
  /** Runs `work` while no other process or credential that shares this store is inside its own. */
  withLock<T>(work: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
}
