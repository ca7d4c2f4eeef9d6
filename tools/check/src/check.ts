// `npm test`: everything that must hold before a change lands: build, format, lint, types, tests. Prints what ran, what
// failed and what was skipped, and ends with a line that counts tests.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { closingLine, ONE_FAILED } from "./counts.ts";
import { forgetCounts, leaveCounts } from "./counts-file.ts";
import { outdatedTests } from "./outdated-tests.ts";
import { step, ROOT } from "./step.ts";
import { surroundings } from "./surroundings.ts";
import { summaryOf } from "./test-summary.ts";
import { projectOf, reportOf, testedFolders } from "./tested-folders.ts";

const SCRIPT = "test";
// What turbo and pnpm say about every task, whatever comes of it.
const ROUTINE = /^(?:cache (?:hit|miss)|\$ node |\s*\u2022 |\s*$)/u;
const isNews = (line: string): boolean => !ROUTINE.test(line);
const started = Date.now();
forgetCounts(SCRIPT);

if (!(await step("build", "turbo run build --output-logs=errors-only --ui=stream"))) {
  leaveCounts(SCRIPT, ONE_FAILED);
  process.exit(1);
}
const reports = testedFolders(ROOT).map((folder) => ({
  project: projectOf(folder),
  path: join(ROOT, reportOf(folder)),
}));
// What is there afterwards comes from this run, or turbo has put it back.
for (const { path } of reports) rmSync(path, { force: true });
const steps = [
  await step("format", "oxfmt --check"),
  await step("lint", "oxlint --type-aware"),
  await step("types of tests and examples", "tsc -p tsconfig.tests.json"),
  await tests(),
];

const summary = summaryOf(reports, started);
console.log(summary.text);
const failedSteps = steps.filter((ok) => !ok).length;
// Of a step that failed without a failed test, one is told.
const counts = { ...summary.counts, failed: Math.max(summary.counts.failed, failedSteps) };
leaveCounts(SCRIPT, { ...counts, failures: summary.failures });
console.log(`\nChecked in ${((Date.now() - started) / 1000).toFixed(0)} s.\n${closingLine(counts)}`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

// Where nothing that a package's tests read has changed since they passed, they are not run again. No more than two run
// at once, since some measure what a caller waits for: two packages, or two files where it is only one package.
async function tests(): Promise<boolean> {
  const env = { ENTRADA_SURROUNDINGS: surroundings() };
  const outdated = await outdatedTests({ ...process.env, ...env });
  return step(
    "tests",
    "turbo run test --concurrency=2 --continue --output-logs=new-only --log-order=grouped --log-prefix=none --ui=stream",
    { show: isNews, env: { ...env, TEST_WORKERS: outdated === 1 ? "2" : "1" } },
  );
}
