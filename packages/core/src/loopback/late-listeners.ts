/** What can be made to go. */
interface Leaving {
  close(): Promise<void>;
}

// A program that signs in again and again must not come to hold a port for each time.
const MOST = 4;
const waiting = new Set<Leaving>();

/** Keeps a listener whose sign-in has ended, and lets the oldest go when there are too many. */
export function keepLate(listener: Leaving): void {
  waiting.add(listener);
  const [oldest] = waiting;
  if (waiting.size > MOST && oldest !== undefined) void oldest.close();
}

/** It has closed. */
export function forgetLate(listener: Leaving): void {
  waiting.delete(listener);
}
