// `npm run faults`: each fault and attack with the tests that hold Entrada to surviving it, and how these ended in the
// last run of `npm test` and `npm run test:wine`. Writes docs/reliability.md, and fails where a row is not held.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closingLine } from "../../check/src/counts.ts";
import { forgetCounts, leaveCounts } from "../../check/src/counts-file.ts";
import { missingTests } from "./missing-tests.ts";
import { reliabilityPage, resultOfRow } from "./reliability-page.ts";
import { ALL_ROWS, SECTIONS } from "./sections.ts";
import { TestResults } from "./test-results.ts";

const SCRIPT = "faults";
forgetCounts(SCRIPT);
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const results = new TestResults(ROOT);
const problems = [...missingTests(ROOT, ALL_ROWS)];
const count = { passed: 0, failed: 0, skipped: 0 };
for (const { id, tests, elsewhere } of ALL_ROWS) {
  const ended = tests.map((test) => results.of(test));
  const result = resultOfRow(ended);
  if (result === "passed") count.passed += 1;
  else if (result === "skipped" && elsewhere !== undefined) count.skipped += 1;
  else count.failed += 1;
  for (const [index, { file, name }] of tests.entries()) {
    const one = ended[index];
    const mark = `${id}\t${one}\t${file}\t${name}`;
    console.log(mark);
    if (one === "failed" || one === "not run") problems.push(`${id}: ${one}: ${file}: ${name}`);
  }
  if (result === "skipped" && elsewhere === undefined)
    problems.push(`${id}: none of its tests can run here, and the row does not say where they can`);
}
writeFileSync(
  join(ROOT, "docs", "reliability.md"),
  reliabilityPage(SECTIONS, (test) => results.of(test)),
);
for (const problem of problems) console.error(problem);
leaveCounts(SCRIPT, { ...count, failures: problems.map((name) => ({ name })) });
console.log(closingLine(count));
process.exitCode = problems.length === 0 ? 0 : 1;
