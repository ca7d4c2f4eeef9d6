import { closingLine, NOTHING, ONE_FAILED, type Counts } from "./counts.ts";
import type { Failure, LeftCounts } from "./counts-file.ts";

/** One script of this repository, as the whole check ran it. */
export interface Part {
  /** `release:rehearse` */
  readonly script: string;
  /** How it ended: its exit code, or why it was not begun. */
  readonly outcome: number | string;
  readonly seconds: number;
}

/** What a part adds to the whole. */
export interface PartResult {
  readonly counts: Counts;
  /** `165 s   3190 passed, 0 failed, 12 skipped`, or `skipped: ` and the reason */
  readonly text: string;
  readonly failures: readonly Failure[];
}

/** These leave no counts: each counts as one. */
const UNCOUNTED: readonly string[] = ["demo"];

/** @param argument `script=outcome=seconds`; @throws TypeError where it is anything else */
export function parsePart(argument: string): Part {
  const [, script, outcome, seconds] = /^([\w:]+)=(.+)=(\d+)$/.exec(argument) ?? [];
  if (script === undefined || outcome === undefined || seconds === undefined)
    throw new TypeError(`Not "script=outcome=seconds": ${argument}`);
  return {
    script,
    outcome: /^\d+$/.test(outcome) ? Number(outcome) : outcome,
    seconds: Number(seconds),
  };
}

/**
 * What came of a part. A script that failed, or left no counts, has at least one failure.
 * @param read the counts that a script left; throws where there are none
 */
export function resultOf(
  { script, outcome, seconds }: Part,
  read: (script: string) => LeftCounts,
): PartResult {
  if (typeof outcome === "string") return skippedFor(outcome);
  const left = countsOf(script, outcome, read);
  if (outcome === 0 && left.reason !== undefined) return skippedFor(left.reason);
  const { passed, failed, skipped, failures = [] } = left;
  const counts = { passed, failed: outcome === 0 ? failed : Math.max(failed, 1), skipped };
  return { counts, text: `${`${seconds} s`.padStart(6)}   ${closingLine(counts)}`, failures };
}

function countsOf(script: string, code: number, read: (script: string) => LeftCounts): LeftCounts {
  if (UNCOUNTED.includes(script)) return code === 0 ? { ...NOTHING, passed: 1 } : ONE_FAILED;
  try {
    return read(script);
  } catch {
    // It was killed, or could not even start: what it printed says why.
    return ONE_FAILED;
  }
}

function skippedFor(reason: string): PartResult {
  return { counts: { ...NOTHING, skipped: 1 }, text: `skipped: ${reason}`, failures: [] };
}
