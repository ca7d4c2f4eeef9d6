import type { LockWait } from "./lock-wait.ts";

/**
 * A lock that one process at a time holds, and that the operating system takes back the moment its owner ends,
 * however it ends: there is no stale lock, and none but the owner can release it.
 */
export interface ProcessLock {
  /**
   * @throws AuthenticationError `cache`, `cache_locked` when the wait took too long; `AbortError` when the signal
   * ended it.
   */
  acquire(wait: LockWait): Promise<HeldLock>;
}

export interface HeldLock {
  release(): Promise<void>;
}
