import type { Needing } from "./needed-programs.ts";

/** A fault that somebody put into the code by hand, and the tests that have to notice it. */
export interface SeededMutant extends Needing {
  /** The rule that the changed code breaks. */
  readonly rule: string;
  /** As seen from the root. */
  readonly file: string;
  /** Texts that are there exactly once, and what comes in their place: all at once. */
  readonly changes: readonly (readonly [from: string, to: string])[];
  /** As seen from the root. */
  readonly tests: readonly string[];
}

/**
 * The file's text with the fault in it.
 * @throws Error where a text to be changed is not there exactly once: the code has changed, and so must the mutant.
 */
export function applySeeded({ name, file, changes }: SeededMutant, text: string): string {
  return changes.reduce((changed, [from, to]) => {
    const parts = changed.split(from);
    if (parts.length !== 2) throw new Error(`${name}: ${file} has ${parts.length - 1} times: ${from}`);
    return parts.join(to);
  }, text);
}
