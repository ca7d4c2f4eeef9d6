import type { Clock } from "../clock.ts";

// What is the same after this time may be a new fault all the same: of a server that went away again.
const TOLD_FOR_IN_MS = 60_000;

/** Tells a fault once a minute at most while it stays the same: one that lasts is met by each step of a call. */
export function toldOnce<Fault extends Error>(
  tell: (fault: Fault) => void,
  clock: Pick<Clock, "monotonic">,
): (fault: Fault) => void {
  const told = new Map<string, number>();
  return (fault) => {
    const now = clock.monotonic();
    for (const [message, at] of told) if (now - at >= TOLD_FOR_IN_MS) told.delete(message);
    if (told.has(fault.message)) return;
    told.set(fault.message, now);
    tell(fault);
  };
}
