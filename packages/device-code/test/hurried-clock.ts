import { systemClock, type Clock } from "@entrada/core/flow";

/** The system's clock, on which waits take a tenth of their time: intervals of RFC 8628 are long for a test. */
export const hurriedClock: Clock = {
  now: () => systemClock.now(),
  monotonic: () => systemClock.monotonic() * 10,
  after: (ms, callback) => systemClock.after(ms / 10, callback),
};
