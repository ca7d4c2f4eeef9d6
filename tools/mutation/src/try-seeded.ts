import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SeededMutant } from "./seeded-mutant.ts";

/** Runs the tests of each mutant, and says which notice it. @returns 1 where one did not, else 0 */
export function trySeeded(root: string, mutants: readonly SeededMutant[]): number {
  let unnoticed = 0;
  for (const mutant of mutants) {
    const { failed, passed } = runTests(root, mutant);
    // No test at all, as where the file does not load, notices nothing.
    const noticed = failed.length > 0;
    if (!noticed) unnoticed += 1;
    console.log(
      noticed
        ? `${mutant.name}: noticed by "${failed[0]}"`
        : `${mutant.name}: NOT NOTICED by ${passed} tests of ${mutant.tests.join(", ")}`,
    );
  }
  console.log(`${mutants.length - unnoticed} of ${mutants.length} seeded mutants were noticed`);
  return unnoticed === 0 ? 0 : 1;
}

function runTests(root: string, mutant: SeededMutant): { failed: readonly string[]; passed: number } {
  const report = join(root, ".cache", "mutation", "seeded.json");
  mkdirSync(join(root, ".cache", "mutation"), { recursive: true });
  rmSync(report, { force: true });
  const { stderr } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      "--config=tools/mutation/src/seeded-tests.ts",
      "--reporter=json",
      `--outputFile=${report}`,
    ],
    { cwd: root, encoding: "utf8", env: { ...process.env, SEEDED_MUTANT: mutant.name } },
  );
  try {
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const names = (status: string): readonly string[] =>
      tests.filter((test) => test.status === status).map(({ fullName }) => fullName.trim());
    return { failed: names("failed"), passed: names("passed").length };
  } catch (error) {
    throw new Error(`${mutant.name}: its tests could not be run: ${stderr}`, { cause: error });
  }
}

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
