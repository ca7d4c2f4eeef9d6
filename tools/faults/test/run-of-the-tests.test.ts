import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

test("no unhandled rejection passes: one fails the run, though every test passes", () => {
  const folder = join(ROOT, "tools", "faults", ".cache");
  mkdirSync(folder, { recursive: true });
  const project = mkdtempSync(join(folder, "rejection-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  mkdirSync(join(project, "test"));
  // The configuration of this repository, for a folder with one test.
  writeFileSync(
    join(project, "vitest.config.ts"),
    `import { defineConfig } from "vitest/config";
import config from ${JSON.stringify(join(ROOT, "vitest.config.ts"))};
const { projects: _projects, ...test } = (config as { test: Record<string, unknown> }).test;
export default defineConfig({ test: { ...test, include: ["test/*.test.ts"] } });\n`,
  );
  const run = (body: string): number | null => {
    writeFileSync(
      join(project, "test", "one.test.ts"),
      `import { test } from "vitest";\ntest("one", ${body});\n`,
    );
    const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
    return spawnSync(process.execPath, [vitest, "run", "--root", project], { encoding: "utf8" }).status;
  };
  expect(run("async () => {}")).toBe(0);
  expect(
    run("async () => { void Promise.reject(new Error('nobody')); await new Promise(setImmediate); }"),
  ).toBe(1);
});
