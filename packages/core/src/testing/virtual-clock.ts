import type { Clock } from "../clock.ts";

/** A clock whose hands a test turns. */
export interface VirtualClock extends Clock {
  /** Lets `ms` pass: calls back every timer that falls due, in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Sets only the wall clock, as a person or a time server does. */
  setWall(ms: number): void;
  /** How many timers are armed. */
  readonly pending: number;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

export function virtualClock(start: number = Date.UTC(2026, 0, 1)): VirtualClock {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let wallOffset = start;
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    after(ms, callback) {
      const timer = { due: elapsed + Math.max(0, ms), callback };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const next = [...timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        timers.delete(next);
        elapsed = Math.max(elapsed, next.due);
        next.callback();
        await settle();
      }
      elapsed = end;
      await settle();
    },
    setWall: (ms) => {
      wallOffset = ms - elapsed;
    },
    get pending() {
      return timers.size;
    },
  };
}
