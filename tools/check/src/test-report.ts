import { readFileSync } from "node:fs";
import type { Counts } from "./counts.ts";
import type { Failure } from "./counts-file.ts";

/** What vitest wrote down about one run. */
export interface TestReport {
  readonly counts: Counts;
  /** The tests that failed, by their full names, and the files that could not be loaded, by their paths. */
  readonly failed: readonly Failure[];
  /** The full names of the tests that were not run. */
  readonly skipped: readonly string[];
  /** When the run began, in ms since 1970. */
  readonly startedAt: number;
}

/**
 * Reads a report of vitest's JSON reporter.
 * @throws Error where there is no such file; SyntaxError where it is no JSON; TypeError where it is no report
 */
export function readTestReport(path: string): TestReport {
  const { startTime, testResults } = JSON.parse(readFileSync(path, "utf8")) as JsonReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  // A file that could not even be loaded has no tests to count, and is a failure all the same.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some(hasFailed),
  );
  const failed = [
    ...tests.filter(hasFailed).map((test) => failure(test.fullName, test.failureMessages?.join("\n"))),
    ...broken.map(({ name, message }) => failure(name, message)),
  ];
  const skipped = tests
    .filter(({ status }) => status !== "passed" && status !== "failed")
    .map(({ fullName }) => fullName);
  return {
    counts: {
      passed: tests.filter(({ status }) => status === "passed").length,
      failed: failed.length,
      skipped: skipped.length,
    },
    failed,
    skipped,
    startedAt: startTime,
  };
}

function failure(name: string, why: string | undefined): Failure {
  return why === undefined || why === "" ? { name } : { name, why };
}

function hasFailed({ status }: JsonTest): boolean {
  return status === "failed";
}

interface JsonReport {
  readonly startTime: number;
  readonly testResults: readonly {
    /** The path of the file. */
    readonly name: string;
    readonly status: string;
    /** Why it could not be loaded. */
    readonly message?: string;
    readonly assertionResults: readonly JsonTest[];
  }[];
}

interface JsonTest {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages?: readonly string[];
}
