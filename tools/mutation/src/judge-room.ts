import { replacedText, type MutationReport, type ReportedMutant } from "./mutation-report.ts";
import type { ExplainedSurvivor } from "./explained-survivor.ts";

/** What became of a room's mutants. */
export interface RoomScore {
  readonly room: string;
  readonly mutants: number;
  /** Those that were not tried: sentences, and what runs when a file is loaded and never again. */
  readonly untried: number;
  /** Noticed by a failing test, or because nothing ended any more. */
  readonly killed: number;
  /** Those that change nothing, as was written down: they count neither as noticed nor against the score. */
  readonly equivalent: number;
  /** In percent of the mutants that change something, rounded down to a tenth. */
  readonly score: number;
  readonly survivors: readonly Survivor[];
}

/** A mutant that no test has noticed. */
export interface Survivor {
  /** As seen from the root. */
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** Why it changes nothing; absent: a test is missing. */
  readonly reason?: string;
}

const NOTICED: ReadonlySet<string> = new Set(["Killed", "Timeout"]);
const NO_PROGRAM: ReadonlySet<string> = new Set(["CompileError", "RuntimeError", "Pending"]);

/** Counts a report, and puts to each survivor what was written down about it. */
export function judgeRoom(
  room: { readonly name: string },
  report: MutationReport,
  explained: readonly ExplainedSurvivor[],
): RoomScore {
  const reported = Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, line: mutant.location.start.line, source, mutant })),
  );
  const all = reported.filter(({ mutant }) => !isUntried(mutant) && !NO_PROGRAM.has(mutant.status));
  const survivors = all.flatMap(({ file, line, source, mutant }): readonly Survivor[] => {
    const from = replacedText(source, mutant.location);
    const to = mutant.replacement ?? "";
    const first = source.split("\n")[line - 1]?.trim();
    const why = explained.find(
      (one) => one.file === file && one.line === first && one.from === from.split("\n")[0] && one.to === to,
    );
    // What changes nothing ends late on a busy machine: that is no notice.
    if (NOTICED.has(mutant.status) && (why === undefined || mutant.status === "Killed")) return [];
    return [{ file, line, from, to, ...(why === undefined ? {} : { reason: why.reason }) }];
  });
  const untried = reported.filter(({ mutant }) => isUntried(mutant)).length;
  const equivalent = survivors.filter(({ reason }) => reason !== undefined).length;
  const killed = all.length - survivors.length;
  const counted = all.length - equivalent;
  const score = counted === 0 ? 100 : Math.floor((killed / counted) * 1000) / 10;
  return { room: room.name, mutants: all.length, untried, killed, equivalent, score, survivors };
}

// A text, a table or a pattern may be made once and for all. Statements that run while tests are only being collected,
// as for a table of `test.each`, are held by none of them.
function isUntried({ status, mutatorName }: ReportedMutant): boolean {
  return status === "Ignored" && mutatorName !== "BlockStatement";
}
