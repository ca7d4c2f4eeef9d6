/** A part of the heart that is mutated in one run. Paths are seen from the folder of its package. */
export interface Room {
  readonly name: string;
  /** The package's folder, as seen from the root. */
  readonly folder: string;
  /** The files that are changed, as patterns; those of tests never are. */
  readonly sources: readonly string[];
  /** The tests that have to notice, as patterns. */
  readonly tests: readonly string[];
  /** Tests that say nothing here: of time, of load, with random inputs, or in processes that see no mutant. */
  readonly without?: readonly string[];
}
