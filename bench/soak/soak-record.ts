/** What happened in one second. */
export interface SoakSecond {
  readonly calls: number;
  readonly errors: number;
  /** The longest call that ended in it, in ms. */
  readonly longest: number;
  /** The median of the calls that ended in it, in ms. */
  readonly median: number;
  /** What the heap of the calling thread held, in bytes. */
  readonly heap: number;
}

/** All that the calling thread has to say at the end. */
export interface SoakRecord {
  readonly seconds: readonly SoakSecond[];
  readonly calls: number;
  readonly prompts: number;
  readonly signOuts: number;
  /** By code and detail. */
  readonly errors: Readonly<Record<string, number>>;
  /** Tokens of another account, tokens that had expired, errors that no caller can tell apart, calls that never ended. */
  readonly wrong: readonly string[];
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0;
}
