import { systemClock } from "@entrada/core/flow";

/** How much longer a busy machine may take to start a Node.js than a person would wait for it. */
const PATIENCE = 10;

/** Gives what is not tested its time: each limit of this process. @returns what puts an end to it */
export function patientClock(): () => void {
  const { after } = systemClock;
  systemClock.after = (ms, callback) => after(ms * PATIENCE, callback);
  return () => {
    systemClock.after = after;
  };
}
