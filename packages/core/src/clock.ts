/** Time as the engine and the flows see it, so that tests can turn the hands. All figures are milliseconds. */
export interface Clock {
  /** Wall time since 1970: for expiry. */
  now(): number;
  /** A time that only moves forward, whatever happens to the wall clock: for waiting. */
  monotonic(): number;
  /** Calls back once after `ms`; the timer never keeps the process alive. */
  after(ms: number, callback: () => void): { cancel(): void };
}

// setTimeout fires at once for anything above this; longer waits are made of several timers.
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic,
  after(ms, callback) {
    const due = monotonic() + clampDelay(ms);
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      timer = setTimeout(onTimer, Math.min(Math.max(due - monotonic(), 0), LONGEST_TIMER));
      timer.unref();
    };
    // Node's timers count whole milliseconds and may be a fraction early.
    const onTimer = (): void => (monotonic() < due ? arm() : callback());
    arm();
    return { cancel: () => clearTimeout(timer) };
  },
};

// The global `performance` would load ten modules of Node's, at the start of every sign-in.
function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

function clampDelay(ms: number): number {
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}
