/** The middle of several runs and how far they spread: the quartiles, which a single disturbed run does not move. */
export interface Summary {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/** @throws RangeError without any value. */
export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError("There is nothing to summarize");
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), lower: quantile(sorted, 0.25), upper: quantile(sorted, 0.75) };
}

/** The value below which a share of the sorted values lies, interpolated between neighbours. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}

/** The ratio of each value to the one measured next to it. */
export function pairwise(values: readonly number[], peers: readonly number[]): readonly number[] {
  return values.map((value, index) => value / peers[index]!);
}
