/**
 * A lock that one process at a time holds, and that the operating system takes back the moment its owner ends,
 * however it ends: there is no stale lock, and none but the owner can release it.
 */
export interface ProcessLock {
  /**
   * `undefined` when somebody else holds it.
   * @throws AuthenticationError `cache`, `cache_unwritable` where there can be no such lock.
   */
  tryAcquire(): Promise<HeldLock | undefined>;
  /** The process that holds it, if that can be known within `limitInMs`. */
  owner?(limitInMs: number): Promise<number | undefined>;
}

export interface HeldLock {
  release(): Promise<void>;
}
