import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("a machine without Wine and cross compiler says what it skipped, and does not fail", () => {
  const tests = new URL("../scripts/wine/wine-tests.ts", import.meta.url).href;
  const program = `const { runWineTests } = await import("${tests}"); process.exitCode = await runWineTests([]);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    env: { ...process.env, PATH: "" },
    encoding: "utf8",
  });
  expect(stdout).toMatch(/^Skipped the tests .* no wine .* and the cross compiler/);
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
