import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Counts } from "./counts.ts";
import { ROOT } from "./step.ts";

/** What a script of this repository leaves behind for whoever counts all of them. */
export interface LeftCounts extends Counts {
  /** Why this machine cannot run it. */
  readonly reason?: string;
  /** What failed. */
  readonly failures?: readonly Failure[];
}

/** A test, or a check, that failed. */
export interface Failure {
  readonly name: string;
  /** What it said. */
  readonly why?: string;
}

/** Forgets the counts of an earlier run: those of a run that did not end are none. */
export function forgetCounts(script: string): void {
  rmSync(fileOf(script), { force: true });
}

/** Leaves the counts of a script that ended. */
export function leaveCounts(script: string, counts: LeftCounts): void {
  mkdirSync(dirname(fileOf(script)), { recursive: true });
  writeFileSync(fileOf(script), `${JSON.stringify(counts)}\n`);
}

/** The counts that a script left. @throws Error where it left none */
export function readCounts(script: string): LeftCounts {
  return JSON.parse(readFileSync(fileOf(script), "utf8")) as LeftCounts;
}

// `npm run release:rehearse` leaves .cache/release-rehearse.json.
function fileOf(script: string): string {
  return join(ROOT, ".cache", `${script.replaceAll(":", "-")}.json`);
}
