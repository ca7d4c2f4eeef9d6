/**
 * One item of the platform's store for secrets: the Keychain, the Credential Manager, the Secret Service. The signal
 * tells that nobody waits for the answer any more.
 */
export interface KeyStore {
  /**
   * The secret, or `undefined` when there is none.
   * @throws AuthenticationError `cache`: `cache_no_encryption` where the platform has no such store at all,
   * `cache_unreadable` when it has one that is locked, was refused by the person, or failed.
   */
  read(signal?: AbortSignal): Promise<string | undefined>;
  write(secret: string, signal?: AbortSignal): Promise<void>;
  /** Not an error when there is none. */
  remove(signal?: AbortSignal): Promise<void>;
}

/** What one cache's item is called in the platform's store. */
export interface KeyItem {
  readonly service: string;
  readonly account: string;
}
