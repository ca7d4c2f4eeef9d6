import { ONE_FAILED, sumOf, type Counts } from "./counts.ts";
import type { Failure } from "./counts-file.ts";
import { readTestReport, type TestReport } from "./test-report.ts";

/** Where the report of the tests of one package has to be. */
export interface ReportPlace {
  /** What vitest calls the tests of this package. */
  readonly project: string;
  readonly path: string;
}

/** What all packages' tests amount to. */
export interface TestSummary {
  readonly counts: Counts;
  /** What failed, each with its project before its name. */
  readonly failures: readonly Failure[];
  /** For people: which packages were not run again, what was skipped, what failed. */
  readonly text: string;
}

/**
 * Adds up the reports of all packages. A package without a report counts as a failure.
 * @param started when this run began, in ms since 1970: what is older was put back from the cache
 */
export function summaryOf(places: readonly ReportPlace[], started: number): TestSummary {
  const results = places.map((place) => resultOf(place));
  const failures = results.flatMap(failuresOf);
  const kept = results.filter(({ report }) => report !== undefined && report.startedAt < started);
  const sections = [
    section(
      "Not run again, since nothing that they read has changed",
      kept.map(({ project, counts }) => `${project}: ${counts.passed} passed`),
    ),
    section(
      "Skipped on this machine",
      results.flatMap(({ project, report }) => (report?.skipped ?? []).map((name) => `${project}: ${name}`)),
    ),
    section(
      "Failed",
      failures.map(({ name }) => name),
    ),
  ];
  return { counts: sumOf(results.map(({ counts }) => counts)), failures, text: sections.join("") };
}

interface Result {
  readonly project: string;
  readonly counts: Counts;
  readonly report?: TestReport;
  /** Why there is no report. */
  readonly problem?: string;
}

function resultOf({ project, path }: ReportPlace): Result {
  try {
    const report = readTestReport(path);
    return { project, counts: report.counts, report };
  } catch (error) {
    return { project, counts: ONE_FAILED, problem: `the report is missing: ${(error as Error).message}` };
  }
}

function failuresOf({ project, report, problem }: Result): readonly Failure[] {
  if (problem !== undefined) return [{ name: `${project}: ${problem}` }];
  return (report?.failed ?? []).map((failure) => ({ ...failure, name: `${project}: ${failure.name}` }));
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n${title}:\n  ${lines.join("\n  ")}\n`;
}
