/** Ms of a clock that only moves forward. The global `performance` would load ten modules of Node's for it. */
export function monotonicTime(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
