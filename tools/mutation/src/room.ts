import type { Needing } from "./needed-programs.ts";

/** A part of the heart that is mutated in one run. Paths are seen from the folder of its package. */
export interface Room extends Needing {
  /** The package's folder, as seen from the root. */
  readonly folder: string;
  /** The files that are changed, as patterns; those of tests never are. */
  readonly sources: readonly string[];
  /** The tests that have to notice, as patterns. */
  readonly tests: readonly string[];
  /** Tests that are left out: of time, of load, in processes that see no mutant, or slower than all others together. */
  readonly without?: readonly string[];
}
