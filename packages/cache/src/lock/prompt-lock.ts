import { throwIfAborted } from "@entrada/core/credential";
import { LockWait } from "./lock-wait.ts";
import type { ProcessLock } from "./process-lock.ts";

// Whoever waits looks into the cache meanwhile: this only decides who asks next when a person has said no.
const TRY_EVERY_IN_MS = 200;

/** Runs `work` under a lock that is held for as long as a person takes. The wait for it ends with `signal` alone. */
export async function withPromptLock<T>(
  lock: ProcessLock,
  work: () => Promise<T>,
  { signal, onHeld }: { readonly signal?: AbortSignal; readonly onHeld?: () => void } = {},
): Promise<T> {
  const wait = new LockWait(Infinity, signal);
  let held = await lock.tryAcquire();
  if (!held) onHeld?.();
  while (!held) {
    await wait.pause(TRY_EVERY_IN_MS);
    held = await lock.tryAcquire();
  }
  try {
    throwIfAborted(signal);
    return await work();
  } finally {
    await held.release();
  }
}
