/** Something that does not fail a call of a store but that somebody should know: `code` is a stable snake_case word. */
export interface TokenCacheWarning {
  readonly code: string;
  readonly message: string;
  readonly error?: Error;
}

/**
 * Where the token cache is kept: bytes in, bytes out. The engine decides what is in them and when to write;
 * a store decides where they lie, how they are protected and how processes share them.
 */
export interface TokenCacheStore {
  /**
   * The present bytes, or `undefined` when nothing was stored yet. A store that can tell that nothing has changed
   * returns the same `Uint8Array` object again: the engine then parses nothing. What was returned is not changed later:
   * the engine reads in it when it needs to.
   * @throws AuthenticationError with code "cache".
   */
  read(): Promise<Uint8Array | undefined>;
  /**
   * Replaces the bytes as a whole, atomically. Inside `withLock` it is part of that access; elsewhere it takes the lock
   * for itself. It needs no `read` before; but where one failed in the same access, nobody knows what would be
   * replaced, and a store that keeps its bytes beyond the process refuses. The engine always reads first.
   * @throws AuthenticationError with code "cache"; then the bytes before stand.
   */
  write(data: Uint8Array): Promise<void>;
  /** Removes everything; takes the lock for itself as `write` does. */
  clear(): Promise<void>;
  /** Runs `work` while no other process or credential that shares this store is inside its own. */
  withLock<T>(work: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T>;
  /**
   * Optional: tells `listener` each warning from now on, until what it returns is called. A credential listens while it
   * uses the store, and hands on what it hears as an event of the type `warning`, once for each code.
   */
  watchWarnings?(listener: (warning: TokenCacheWarning) => void): () => void;
}
