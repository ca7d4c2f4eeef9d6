import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("a machine without Wine and cross compiler says what it skipped, and does not fail", () => {
  const tests = new URL("../scripts/wine/wine-tests.ts", import.meta.url).href;
  const program = `const { runWineTests } = await import("${tests}");
    console.log(JSON.stringify(await runWineTests([])));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    env: { ...process.env, PATH: "" },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const [said = "", result = ""] = stdout.split("\n");
  expect(said).toMatch(/^Skipped the tests .* no wine .* and the cross compiler/);
  expect(JSON.parse(result)).toEqual({
    passed: 0,
    failed: 0,
    skipped: 1,
    reason: expect.stringMatching(/^no wine .* and the cross compiler/),
  });
});
