// The longest a timer can be set to. What it does then is nothing.
const HEARTBEAT_IN_MS = 2 ** 31 - 1;

/**
 * Keeps the process alive while `work` runs. The clock's timers do not, so a program whose last statement is
 * `await credential.getToken(…)` would end between two polls.
 */
export async function stayAlive<T>(work: () => Promise<T>): Promise<T> {
  const heartbeat = setInterval(() => undefined, HEARTBEAT_IN_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
  }
}
