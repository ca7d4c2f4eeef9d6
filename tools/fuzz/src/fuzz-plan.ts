import type { FuzzTarget } from "./targets.ts";

/** Which inputs a target is tried with. */
export interface FuzzPlan {
  readonly seed: number;
  /** The number of the first input; each input is drawn from the seed and its own number, whatever came before it. */
  readonly from: number;
  readonly count: number;
  /** Where time is the measure: as many inputs as there is time for. */
  readonly seconds?: number;
}

// With `npm test` the same inputs every time: a pull request is not stopped by what it has not done.
const SEED_OF_TESTS = 20_260_101;

/** What `npm run fuzz` put into the environment; without it, the figures of a pull request. */
export function planFrom(env: Readonly<Record<string, string | undefined>>, target: FuzzTarget): FuzzPlan {
  const number = (name: string, otherwise: number): number => {
    const value = Number(env[name] ?? otherwise);
    if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is no whole number: ${env[name]}`);
    return value;
  };
  const seconds = number("FUZZ_SECONDS", 0);
  return {
    seed: number("FUZZ_SEED", SEED_OF_TESTS),
    from: number("FUZZ_FROM", 0),
    count: seconds > 0 ? Infinity : number("FUZZ_COUNT", target.short),
    ...(seconds > 0 ? { seconds } : {}),
  };
}

/** The seed of one input. */
export function seedOfInput(seed: number, index: number): number {
  return (Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca77)) >>> 0;
}
