import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { LIARS } from "./liars.ts";

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly status: string;
    }[];
  }[];
}

/** How many tests of the suite each store has failed. */
const failed = new Map<string, number>();

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "entrada-store-contract-"));
  try {
    const [config, report] = [join(folder, "vitest.config.mjs"), join(folder, "tests.json")];
    // What a lock does wrong shows in a test that hangs.
    const settings = { root: import.meta.dirname, include: ["suites.ts"], testTimeout: 2000 };
    await writeFile(config, `export default ${JSON.stringify({ test: settings })};\n`);
    const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
    const args = ["run", "--config", config, "--reporter=json", `--outputFile=${report}`];
    // It ends with an error, as tests fail.
    await promisify(execFile)(process.execPath, [vitest, ...args]).catch(() => {});
    const { testResults } = JSON.parse(await readFile(report, "utf8")) as Report;
    for (const { ancestorTitles, status } of testResults.flatMap((file) => file.assertionResults)) {
      const store = ancestorTitles[0]!.replace("token cache store: ", "");
      failed.set(store, (failed.get(store) ?? 0) + (status === "failed" ? 1 : 0));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the suite has nothing against the store that is lied about", () => {
  expect(failed.get("honest")).toBe(0);
});

test.each(Object.keys(LIARS))("the suite notices %s", (store) => {
  expect(failed.get(store)).toBeGreaterThan(0);
});
