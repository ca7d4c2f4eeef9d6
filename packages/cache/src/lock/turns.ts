import { lockedError, type LockWait } from "./lock-wait.ts";

/** A queue within one process: first come, first served. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for this caller's turn, and returns what ends it.
   * @throws AbortError, or AuthenticationError `cache_locked`; then the turn is given up.
   */
  async take(wait: LockWait): Promise<() => void> {
    const before = this.#last;
    let end!: () => void;
    const mine = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#last = before.then(() => mine);
    try {
      if (await wait.until(before)) return end;
      throw lockedError(wait, process.pid);
    } catch (error) {
      end();
      throw error;
    }
  }
}
