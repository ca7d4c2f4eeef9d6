import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../documents.ts";

/** A test that was run, and how it ended. */
export interface EndedTest {
  readonly fullName: string;
  readonly status: string;
}

/** Runs files with tests, of one folder, as somebody does who has written them. @returns their tests by file */
export async function runTests(
  folder: string,
  files: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, readonly EndedTest[]>> {
  const config = join(folder, "vitest.config.mjs");
  const report = join(folder, "tests.json");
  await writeFile(config, `export default ${JSON.stringify({ test: { root: folder, include: files } })};\n`);
  const vitest = dirname(createRequire(join(ROOT, "package.json")).resolve("vitest/package.json"));
  const args = ["run", "--config", config, "--maxWorkers=1", "--reporter=json", `--outputFile=${report}`];
  await promisify(execFile)(process.execPath, [join(vitest, "vitest.mjs"), ...args], {
    cwd: folder,
    env,
  }).catch(
    // It ends with another code than 0 when a test has failed, and the report says which.
    (error: { code?: unknown }) => {
      if (typeof error.code !== "number") throw error;
    },
  );
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as Report;
  return new Map(
    testResults.map(({ name, assertionResults }) => [
      name,
      assertionResults.map(({ fullName, status }) => ({ fullName, status })),
    ]),
  );
}

interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly EndedTest[] }[];
}
