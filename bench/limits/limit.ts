/** What something may cost at most, and what it cost. */
export interface Limit {
  readonly what: string;
  readonly goal: string;
  readonly figure: string;
  readonly holds: boolean;
}

/** Something that is measured, in one run of its own. */
export interface LimitWork {
  /** For the command line. */
  readonly name: string;
  /** @param share of the full load, from 0 to 1: a test needs little of it */
  measure(share: number): Promise<readonly Limit[]>;
}

const UNITS = { ms: 1, s: 1000, MB: 1e6, µs: 1 } as const;
type Unit = keyof typeof UNITS;

/** A figure that must stay below its goal, both in the unit's own base: ms, bytes or µs. */
export function below(what: string, unit: Unit, goal: number, figure: number): Limit {
  const text = (value: number): string =>
    `${(value / UNITS[unit]).toFixed(value % UNITS[unit] === 0 ? 0 : 1)} ${unit}`;
  return { what, goal: `< ${text(goal)}`, figure: text(figure), holds: figure < goal };
}

/** A count that must be what it must be. */
export function exactly(what: string, goal: number, figure: number): Limit {
  return { what, goal: String(goal), figure: String(figure), holds: figure === goal };
}
