import { writeSync } from "node:fs";

/** Tells the bench that a point was reached, the CPU time that it took to come there, and figures if there are any. */
export function say(mark, figures) {
  // `performance` would be loaded here, at the cost of who says something.
  const at = Number(process.hrtime.bigint()) / 1e6;
  const { user, system } = process.cpuUsage();
  writeSync(1, `${JSON.stringify({ mark, at, cpuInMs: (user + system) / 1000, ...figures })}\n`);
}

/** Tells the bench so, and waits for the line that it gives to all programs of a round at once. */
export function said(mark) {
  say(mark);
  return new Promise((resolve) => process.stdin.once("data", resolve));
}
