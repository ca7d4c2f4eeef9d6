import type { WamTransport } from "../../src/index.ts";
import type { MicrosoftRuntime } from "./microsoft-runtime.ts";

/** One thing to do, by Microsoft's runtime and by the addon, on the same fake. */
export interface ComparisonCase {
  readonly name: string;
  /** Beside what every case has. */
  readonly scenario?: Readonly<Record<string, string>>;
  /** `begin` empties the journal: what was called before it does not count. */
  readonly microsoft: (runtime: MicrosoftRuntime, window: Buffer, begin: () => void) => Promise<void>;
  readonly ours: (wam: WamTransport, window: bigint) => Promise<void>;
  /** Calls that only the runtime makes, and that we mean not to make. Each must be there, or the case fails. */
  readonly leftOut?: readonly MeantDifference[];
  /** Calls that only the addon makes, and that we mean to make. Each must be there, or the case fails. */
  readonly added?: readonly MeantDifference[];
}

export interface MeantDifference {
  readonly call: string;
  /** Which of the calls of that name, from 1. */
  readonly occurrence: number;
  readonly reason: string;
}
