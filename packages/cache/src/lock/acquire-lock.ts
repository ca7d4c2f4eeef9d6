import { lockedError, type LockWait } from "./lock-wait.ts";
import type { HeldLock, ProcessLock } from "./process-lock.ts";

const FIRST_PAUSE_IN_MS = 1;
const LONGEST_PAUSE_IN_MS = 25;
const PATIENCE_IN_MS = 250;
const IMPATIENT_PAUSE_IN_MS = 8;
const OWNER_LIMIT_IN_MS = 200;

/**
 * Waits for a lock. Tries again after random pauses that grow to 25 ms: that is cheaper than waking everybody who
 * waits at each release, of whom all but one would wait again. Who has had bad luck for long tries more often, and so
 * comes before those who have only just come.
 * @throws AbortError, or AuthenticationError `cache_locked` with the owner's pid when the wait is over.
 */
export async function acquireLock(lock: ProcessLock, wait: LockWait): Promise<HeldLock> {
  for (let pause = FIRST_PAUSE_IN_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_IN_MS)) {
    const held = await lock.tryAcquire();
    if (held) return held;
    if (wait.isOver) throw lockedError(wait, await lock.owner?.(OWNER_LIMIT_IN_MS));
    const longest = wait.elapsedInMs < PATIENCE_IN_MS ? pause : IMPATIENT_PAUSE_IN_MS;
    await wait.pause(longest * (0.5 + Math.random()));
  }
}
