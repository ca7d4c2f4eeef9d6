import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { missingTests } from "../src/missing-tests.ts";
import { writtenTests } from "../src/written-tests.ts";

const SOURCE = `
import { describe, it, test } from "vitest";
const NAME = "x";
test("one", () => {});
describe.skipIf(true)("suite", { timeout: 5 }, () => {
  test.each([1])("case %i", () => { test.port("none"); });
  describe(NAME, () => { it(\`of \${NAME}\`, () => {}); });
});
for (const flow of []) describe(\`flow \${flow}\`, () => { test("a" + "b", () => {}); });
`;

function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "written-tests-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.test.ts"), text);
  return folder;
}

test("a test is read with the names of its suites", () => {
  expect(writtenTests(join(folderWith(SOURCE), "a.test.ts"))).toEqual([
    { name: "one", line: 4 },
    { name: "suite case %i", line: 6 },
    { name: "suite %s of %s", line: 7 },
    { name: "flow %s ab", line: 9 },
  ]);
});

test("a renamed test, a file that is gone and a row without a test are told", () => {
  const root = folderWith(SOURCE);
  const row = (id: string, ...tests: { file: string; name: string }[]) => ({ id, promise: "", tests });
  expect(
    missingTests(root, [
      row("L1", { file: "a.test.ts", name: "suite case %i" }),
      row("L2", { file: "a.test.ts", name: "case %i" }),
      row("L3", { file: "b.test.ts", name: "one" }),
      row("L4"),
    ]),
  ).toEqual(['L2: a.test.ts has no test "case %i"', 'L3: b.test.ts has no test "one"', "L4 has no test"]);
});
