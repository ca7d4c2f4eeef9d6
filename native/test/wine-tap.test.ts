import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tapOf } from "../scripts/wine/tap.ts";

/** What the runner of this Node.js writes of the tests of a program. */
function written(...lines: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "wine-tap-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, "program.mjs");
  writeFileSync(program, ['import { test } from "node:test";', ...lines].join("\n"));
  return spawnSync(process.execPath, ["--test-reporter=tap", program], { encoding: "utf8" }).stdout;
}

const output = (): string =>
  written(
    'test("one", (context) => context.diagnostic("100 requests; no more"));',
    'test("wrong # one: C:\\\\x", () => { throw new Error("12 is late"); });',
    'test("slow", { timeout: 1 }, ({ signal }) => new Promise((resolve) => {',
    "  const timer = setTimeout(resolve, 60_000);",
    '  signal.addEventListener("abort", () => clearTimeout(timer));',
    "}));",
  );

test.each([
  ["as it is", output],
  ["with the line ends of Windows", () => output().replaceAll("\n", "\r\n")],
])("what the runner wrote, %s, says who failed and why", (_, text) => {
  const { passed, failed, notes } = tapOf(text());
  expect(passed).toBe(1);
  expect(failed.map(({ name }) => name)).toEqual(["wrong # one: C:\\x", "slow"]);
  expect(failed[0]?.why).toContain("12 is late");
  expect(failed[1]?.why).toContain("timed out");
  expect(notes).toEqual(["100 requests; no more"]);
});

test("a process that was cut short has passed nothing", () => {
  expect(tapOf("TAP version 13\nok 1 - one\n")).toEqual({ passed: 0, failed: [], notes: [] });
});
