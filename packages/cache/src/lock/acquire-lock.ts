import { lockedError, type LockWait } from "./lock-wait.ts";
import type { HeldLock, ProcessLock } from "./process-lock.ts";

const LONGEST_PAUSE_IN_MS = 25;
const SHORTEST_LATE_PAUSE_IN_MS = 2;
// The pauses begin to shrink after 90 ms of waiting; after 140 ms they are at most 10 ms, after 310 ms at the shortest.
const PATIENCE_IN_SQUARE_MS = 200_000;
const OWNER_LIMIT_IN_MS = 200;

/**
 * Waits for a lock. Tries again after random pauses that grow to 25 ms: that is cheaper than waking everybody who
 * waits at each release, of whom all but one would wait again. Who has waited for long tries more and more often, and
 * so comes before those who have only just come.
 * @throws AbortError, or AuthenticationError `cache_locked` with the owner's pid when the wait is over.
 */
export async function acquireLock(lock: ProcessLock, wait: LockWait): Promise<HeldLock> {
  for (let tries = 0; ; tries += 1) {
    const held = await lock.tryAcquire();
    if (held) return held;
    if (wait.isOver) throw lockedError(wait, await lock.owner?.(OWNER_LIMIT_IN_MS));
    await wait.pause(longestPause(tries, wait.elapsedInMs) * (0.5 + Math.random()));
  }
}

function longestPause(tries: number, waitedInMs: number): number {
  const late = Math.max(PATIENCE_IN_SQUARE_MS / waitedInMs ** 2, SHORTEST_LATE_PAUSE_IN_MS);
  return Math.min(2 ** tries, LONGEST_PAUSE_IN_MS, late);
}
