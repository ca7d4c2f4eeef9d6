import { parseArgs } from "node:util";

/** What a soak is made of. */
export interface SoakPlan {
  readonly seconds: number;
  /** Calls of `getToken` a second. */
  readonly rate: number;
  readonly accounts: number;
  /** How many of the authority's answers fail, from 0 to 1. */
  readonly failing: number;
  readonly seed: number;
}

/** @throws Error for what is no number */
export function readSoakPlan(args: readonly string[]): SoakPlan {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "900" },
      rate: { type: "string", default: "50" },
      accounts: { type: "string", default: "20" },
      failing: { type: "string", default: "0.2" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const number = (name: keyof typeof values): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} is a number, not ${values[name]}`);
    return value;
  };
  return {
    seconds: number("seconds"),
    rate: number("rate"),
    accounts: number("accounts"),
    failing: number("failing"),
    seed: number("seed"),
  };
}
