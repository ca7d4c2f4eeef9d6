import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LeftCounts } from "../../check/src/counts-file.ts";
import { reportOf, testedFolders } from "../../check/src/tested-folders.ts";
import type { NamedTest } from "./fault-row.ts";

/** How a test of a row ended in the last run. */
export type TestResult = "passed" | "failed" | "skipped" | "not run";

/** The results that the last `npm test` and `npm run test:wine` have left. */
export class TestResults {
  readonly #ended = new Map<string, readonly EndedTest[]>();
  readonly #wine: LeftCounts | undefined;

  /** @throws SyntaxError where a report is no JSON */
  constructor(root: string) {
    for (const folder of testedFolders(root)) {
      const path = join(root, reportOf(folder));
      if (!existsSync(path)) continue;
      const { testResults } = JSON.parse(readFileSync(path, "utf8")) as Report;
      for (const { name, assertionResults } of testResults) {
        // Turbo puts back what was run in another clone, too.
        const inside = name.replaceAll("\\", "/").split(`/${folder}/`).at(-1);
        this.#ended.set(`${folder}/${inside}`, assertionResults);
      }
    }
    const wine = join(root, ".cache", "test-wine.json");
    this.#wine = existsSync(wine) ? (JSON.parse(readFileSync(wine, "utf8")) as LeftCounts) : undefined;
  }

  /** How it ended, all its cases taken together. */
  of({ file, name }: NamedTest): TestResult {
    if (file.startsWith(WINE_TESTS)) return wineResult(this.#wine, file.slice(WINE_TESTS.length), name);
    const cases = (this.#ended.get(file) ?? []).filter(({ fullName }) => isCaseOf(fullName, name));
    if (cases.some(({ status }) => status === "failed")) return "failed";
    if (cases.some(({ status }) => status === "passed")) return "passed";
    return cases.length === 0 ? "not run" : "skipped";
  }
}

const WINE_TESTS = "native/test/wine/";

interface EndedTest {
  readonly fullName: string;
  readonly status: string;
}

interface Report {
  readonly testResults: readonly {
    /** The whole path of the file. */
    readonly name: string;
    readonly assertionResults: readonly EndedTest[];
  }[];
}

// They leave the names of those that failed, each after that of its file; of the others only how many there were.
function wineResult(left: LeftCounts | undefined, file: string, name: string): TestResult {
  if (left === undefined) return "not run";
  const { passed, failed, failures = [], reason } = left;
  // Some failed, and nobody says which.
  if (failed > 0 && failures.length === 0) return "failed";
  const ofFile = failures.filter((failure) => failure.name.startsWith(`${file}: `));
  if (ofFile.some((failure) => isCaseOf(failure.name.slice(file.length + 2), name))) return "failed";
  // A file that was cut short says nothing of its tests.
  if (ofFile.some((failure) => failure.name.startsWith(`${file}: exit code`))) return "not run";
  return reason !== undefined || passed === 0 ? "skipped" : "passed";
}

// `%s`, `%.30s` and `$name` stand for what a case of the test puts there.
const PLACEHOLDER = /%(?:\.\d{1,3})?[a-zA-Z#]|\$[A-Za-z_.]{1,40}/u;

/** Whether a full name is that of a case of a test, as its source spells it. */
function isCaseOf(fullName: string, name: string): boolean {
  const parts = name.split(PLACEHOLDER);
  const last = parts.pop() ?? "";
  if (parts.length === 0) return fullName === last;
  if (!fullName.startsWith(parts[0] ?? "")) return false;
  let at = 0;
  for (const part of parts) {
    const found = fullName.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return fullName.endsWith(last) && at + last.length <= fullName.length;
}
