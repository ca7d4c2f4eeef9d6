import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { summaryOf, type ReportPlace } from "./test-summary.ts";

const STARTED = 1000;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "test-summary-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function reported(project: string, startTime: number, statuses: readonly string[]): ReportPlace {
  const path = join(folder, `${project}.json`);
  const assertionResults = statuses.map((status) => ({ fullName: `a ${status} test`, status }));
  writeFileSync(
    path,
    JSON.stringify({ startTime, testResults: [{ name: path, status: "passed", assertionResults }] }),
  );
  return { project, path };
}

test("the tests of all packages are added up", () => {
  const places = [
    reported("core", STARTED + 1, ["passed", "passed", "skipped"]),
    reported("cache", STARTED + 2, ["passed", "failed"]),
  ];
  const { counts, failures, text } = summaryOf(places, STARTED);

  expect(counts).toEqual({ passed: 3, failed: 1, skipped: 1 });
  expect(failures).toEqual([{ name: "cache: a failed test" }]);
  expect(text).toBe(
    "\nSkipped on this machine:\n  core: a skipped test\n\nFailed:\n  cache: a failed test\n",
  );
});

test("a report from before this run is one of tests that were not run again", () => {
  const places = [reported("core", STARTED - 1, ["passed"]), reported("cache", STARTED, ["passed"])];
  const { counts, text } = summaryOf(places, STARTED);

  expect(counts).toEqual({ passed: 2, failed: 0, skipped: 0 });
  expect(text).toBe("\nNot run again, since nothing that they read has changed:\n  core: 1 passed\n");
});

test("a package without a report is a failure", () => {
  const places = [reported("core", STARTED, ["passed"]), { project: "cache", path: join(folder, "absent") }];
  const { counts, text } = summaryOf(places, STARTED);

  expect(counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(text).toContain("Failed:\n  cache: the report is missing: ENOENT");
});
