/** Something that does not fail a call of a store but that somebody should know: `code` is a stable snake_case word. */
export interface TokenCacheWarning {
  readonly code: string;
  readonly message: string;
  readonly error?: Error;
}

/** One record of a token cache, as `list` names it. */
export interface TokenCacheEntry {
  readonly key: string;
  /** What was written with the record; absent if nothing was. */
  readonly label?: string;
}

/**
 * Where the token cache is kept: records under keys, bytes in, bytes out. The engine decides what is in a record and
 * when to write it; a store decides where the records lie, how they are protected and how processes share them. An
 * account is a record of its own, so that what a call costs does not grow with the number of accounts.
 */
export interface TokenCacheStore {
  /**
   * The present bytes of one record, or `undefined` when there is none. A store that can tell that nothing has changed
   * returns the same `Uint8Array` object again: the engine then parses nothing. What was returned is not changed later.
   * @throws AuthenticationError with code "cache".
   */
  read(key: string): Promise<Uint8Array | undefined>;
  /**
   * All records, in any order, without opening each: for who looks for an account. A label may be older than its
   * record; a record that is there is never missing, and one that is gone is not named.
   * @throws AuthenticationError with code "cache".
   */
  list(): Promise<readonly TokenCacheEntry[]>;
  /**
   * Optional: a short text that changes whenever a record is added or gets another label, at a cost that does not grow
   * with the number of records. It may change for other reasons, too. Absent, or undefined: what `list` tells is compared.
   * @throws AuthenticationError with code "cache".
   */
  revision?(): Promise<string | undefined>;
  /**
   * Replaces one record as a whole, atomically, and no other. Inside `withLock` for its key it is part of that access;
   * elsewhere it takes the lock for itself. It needs no `read` before; but where one failed in the same access, nobody
   * knows what would be replaced, and a store that keeps its bytes beyond the process refuses.
   * @param label - a short text that `list` tells with the key. As secret as the record: it names a person.
   * @throws AuthenticationError with code "cache"; then the bytes before stand.
   */
  write(key: string, data: Uint8Array, label?: string): Promise<void>;
  /** Removes one record; no error if there is none. Takes the lock for itself as `write` does. */
  remove(key: string): Promise<void>;
  /**
   * Removes everything. An access under way is over: it writes nothing any more, which is an error with the detail
   * "cache_locked". Inside an access of the same handle it does not wait for that one's end; else it may.
   * @throws AuthenticationError with code "cache".
   */
  clear(): Promise<void>;
  /**
   * Runs `work` while no other process or credential that shares this store is inside its own for the same key. Who
   * holds the lock of one key takes no other: a store may have one lock for all.
   */
  withLock<T>(key: string, work: () => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
  /**
   * Runs `work`, which asks a person to sign in, while no other process that shares this store is inside its own for
   * the same key. It lasts as long as a person takes, so it is another lock than `withLock`'s, and waiting for it ends
   * with `signal` alone. A process that dies gives it back. `onHeld` is called once if another process holds it. Absent,
   * or one that knows of this process alone: each process asks for itself, and goes on when it sees that the person has
   * signed in at another one.
   */
  withPromptLock?<T>(
    key: string,
    work: () => Promise<T>,
    options?: { signal?: AbortSignal; onHeld?: () => void },
  ): Promise<T>;
  /**
   * Optional: tells `listener` each warning from now on, until what it returns is called. A credential listens while it
   * uses the store, and hands on what it hears as an event of the type `warning`, once for each code.
   */
  watchWarnings?(listener: (warning: TokenCacheWarning) => void): () => void;
}
