import type { FaultRow, NamedTest } from "./fault-row.ts";
import { FIGURES, figuresSection } from "./figures.ts";
import type { Section } from "./sections.ts";
import type { TestResult } from "./test-results.ts";

const COMMAND = "npm run faults";

/** What of a row's tests came out, in one word or two. */
export function resultOfRow(results: readonly TestResult[]): TestResult {
  for (const worst of ["failed", "not run"] as const) if (results.includes(worst)) return worst;
  return results.includes("passed") ? "passed" : "skipped";
}

/** The page `docs/reliability.md`. */
export function reliabilityPage(
  sections: readonly Section[],
  resultOf: (test: NamedTest) => TestResult,
): string {
  const rows = sections.flatMap((section) => section.rows);
  const tests = rows.reduce((sum, row) => sum + row.tests.length, 0);
  return [
    "# Reliability",
    "",
    `${rows.length} faults and attacks, what Entrada does about each, and the tests that hold it to that. \`${COMMAND}\` writes this page after \`npm test\` and \`npm run test:wine\`, and fails where a row has no test, or one that is gone, failed or was not run. What is protected, and what is not, is said in [Security](security.md); how many changes of the code the tests do not notice, in [Mutants](mutants.md).`,
    "",
    `${tests} tests are named. A name with \`%s\` in it is that of several cases. "Skipped" was not possible on the machine of the last run; where a row has to be tried on another system as well, it says how.`,
    "",
    ...figuresSection(FIGURES),
    ...sections.flatMap(({ title, rows: own }) => [
      "",
      `## ${title}`,
      "",
      "| row | what Entrada does | held by | last result |",
      "| --- | --- | --- | --- |",
      ...own.map((row) => lineOf(row, resultOf)),
    ]),
    "",
  ].join("\n");
}

function lineOf(
  { id, promise, tests, elsewhere }: FaultRow,
  resultOf: (test: NamedTest) => TestResult,
): string {
  const results = tests.map(resultOf);
  const byFile = new Map<string, string[]>();
  for (const [index, { file, name }] of tests.entries()) {
    const mark = results[index] === "passed" ? "" : ` (${results[index]})`;
    byFile.set(file, [...(byFile.get(file) ?? []), `${code(name)}${mark}`]);
  }
  const held = Array.from(byFile, ([file, names]) => `${code(file)}: ${names.join("; ")}`).join("<br>");
  const more = elsewhere === undefined ? "" : `; ${elsewhere}`;
  return `| ${id} | ${promise} | ${held} | ${resultOfRow(results)}${more} |`;
}

function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence}`;
}
