import { lockedError, type LockWait } from "./lock-wait.ts";
import type { HeldLock, ProcessLock } from "./process-lock.ts";

const LONGEST_PAUSE_IN_MS = 40;
const SHORTEST_LATE_PAUSE_IN_MS = 4;
// After so long the pauses shrink, to an eighth in twice the time: steeply, so that among many who have waited for long
// it is still the longest wait that counts, and yet few of them try often, which takes the processor from the owner.
const PATIENCE_IN_MS = 170;
const OWNER_LIMIT_IN_MS = 200;

/**
 * Waits for a lock. Tries again after random pauses that grow to 40 ms: that is cheaper than waking everybody who
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
  const late = LONGEST_PAUSE_IN_MS * (PATIENCE_IN_MS / waitedInMs) ** 3;
  return Math.min(2 ** tries, LONGEST_PAUSE_IN_MS, Math.max(late, SHORTEST_LATE_PAUSE_IN_MS));
}
