import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { reliabilityPage, resultOfRow } from "../src/reliability-page.ts";
import { TestResults } from "../src/test-results.ts";

const FILE = "packages/one/src/a.test.ts";
const report = (tests: Readonly<Record<string, string>>): unknown => ({
  testResults: [
    {
      name: `/another/clone/${FILE}`,
      assertionResults: Object.entries(tests).map(([fullName, status]) => ({ fullName, status })),
    },
  ],
});

function resultsOf(files: Readonly<Record<string, unknown>>): TestResults {
  const root = mkdtempSync(join(tmpdir(), "test-results-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries({ [FILE]: "", ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(content));
  }
  return new TestResults(root);
}

test("a test ends as its cases do, under whatever names they got", () => {
  const results = resultsOf({
    "packages/one/.cache/tests.json": report({
      one: "passed",
      "case 1 of (a+)": "passed",
      "case 2 of (a+)": "failed",
      "elsewhere x": "skipped",
      "some 1": "passed",
      "some 2": "skipped",
    }),
  });
  const of = (name: string) => results.of({ file: FILE, name });
  expect(["one", "case %i of (a+)", "elsewhere $name", "some %.30s", "on"].map(of)).toEqual([
    "passed",
    "failed",
    "skipped",
    "passed",
    "not run",
  ]);
  expect(results.of({ file: "packages/one/src/b.test.ts", name: "one" })).toBe("not run");
});

const failures = (...names: readonly string[]): unknown => ({
  passed: 90,
  failed: names.length,
  skipped: 0,
  failures: names.map((name) => ({ name, why: "error: late" })),
});

test.each([
  [{ passed: 90, failed: 0, skipped: 0 }, "passed"],
  [{ passed: 90, failed: 1, skipped: 0 }, "failed"],
  [failures("cancel.wine.ts: twice"), "failed"],
  [failures("cancel.wine.ts: another", "threads.wine.ts: twice", "chain: twice"), "passed"],
  [failures("cancel.wine.ts: exit code 3"), "not run"],
  [failures("cancel.wine.ts: another", "cancel.wine.ts: exit code 1"), "not run"],
  [{ passed: 0, failed: 0, skipped: 1, reason: "no Wine" }, "skipped"],
  [undefined, "not run"],
])("a test under Wine ends as they say who failed: %j", (counts, result) => {
  const results = resultsOf(counts === undefined ? {} : { ".cache/test-wine.json": counts });
  expect(results.of({ file: "native/test/wine/cancel.wine.ts", name: "twice" })).toBe(result);
});

test("a row is what its worst test is, and skipped only where none passed", () => {
  expect(resultOfRow(["passed", "failed", "not run"])).toBe("failed");
  expect(resultOfRow(["passed", "not run"])).toBe("not run");
  expect(resultOfRow(["passed", "skipped"])).toBe("passed");
  expect(resultOfRow(["skipped"])).toBe("skipped");
});

test("the page has a line for each row", () => {
  const tests = [
    { file: FILE, name: "a | b" },
    { file: FILE, name: "c" },
  ];
  const row = { id: "L1", promise: "It holds.", tests, elsewhere: "on macOS" };
  const page = reliabilityPage([{ title: "Listener", rows: [row] }], ({ name }) =>
    name === "c" ? "skipped" : "passed",
  );
  expect(page).toContain(`| L1 | It holds. | \`${FILE}\`: \`a \\| b\`; \`c\` (skipped) | passed; on macOS |`);
});
