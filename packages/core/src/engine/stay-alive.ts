// Longer than any wait; a timer can take no more than 2^31 - 1 ms.
const LONGER_THAN_ANY_WAIT_IN_MS = 2 ** 30;

/**
 * Keeps the process alive while a caller waits. Everything else that a sign-in has under way may be such as no process
 * waits for: a timer, a connection of a background refresh. Node would end a program that awaits only those.
 */
export function stayAlive<T>(work: Promise<T>): Promise<T> {
  const heartbeat = setInterval(() => undefined, LONGER_THAN_ANY_WAIT_IN_MS);
  return work.finally(() => clearInterval(heartbeat));
}
