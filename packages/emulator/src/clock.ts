/** What the emulator asks for the time, and what a test moves. */
export interface EmulatorClock {
  /** The present time in milliseconds since 1970. */
  now(): number;
  /** Moves the time forward by so many milliseconds; tokens and codes age accordingly. */
  advance(milliseconds: number): void;
}

/** A clock that runs with the system's, and can be moved forward. The default. */
export function runningClock(): EmulatorClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += forward(milliseconds);
    },
  };
}

/** A clock that stands still until it is advanced. `startAt` is in milliseconds since 1970; default: now. */
export function virtualClock(startAt: number = Date.now()): EmulatorClock {
  let time = startAt;
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += forward(milliseconds);
    },
  };
}

function forward(milliseconds: number): number {
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds;
  throw new RangeError(`advance: expected zero or more milliseconds, got ${String(milliseconds)}`);
}
