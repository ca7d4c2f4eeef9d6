import type { Clock } from "../clock.ts";

/** Waits for `work`, but no longer than `ms`. What it was for must not depend on which of both came first. */
export async function within(work: Promise<unknown>, ms: number, clock: Clock): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const limit = clock.after(ms, resolve);
    work.finally(() => limit.cancel()).then(() => resolve(), reject);
  });
}
