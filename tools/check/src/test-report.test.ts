import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTestReport } from "./test-report.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "test-report-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(report: unknown): ReturnType<typeof readTestReport> {
  const path = join(folder, "tests.json");
  writeFileSync(path, JSON.stringify(report));
  return readTestReport(path);
}

test("every test counts by how it ended", () => {
  const assertionResults = ["passed", "passed", "failed", "pending", "skipped", "todo"].map(
    (status, index) => ({
      fullName: `${status} ${index}`,
      status,
      failureMessages: status === "failed" ? ["Error: late", "at a.ts"] : [],
    }),
  );
  const report = read({
    startTime: 5,
    testResults: [{ name: "a.test.ts", status: "failed", assertionResults }],
  });

  expect(report).toEqual({
    counts: { passed: 2, failed: 1, skipped: 3 },
    failed: [{ name: "failed 2", why: "Error: late\nat a.ts" }],
    skipped: ["pending 3", "skipped 4", "todo 5"],
    startedAt: 5,
  });
});

test("a file that could not be loaded is a failure, also where its tests are known", () => {
  const testResults = [
    { name: "unread.test.ts", status: "failed", message: "no such file", assertionResults: [] },
    {
      name: "hook.test.ts",
      status: "failed",
      assertionResults: [{ fullName: "not begun", status: "skipped" }],
    },
  ];

  expect(read({ startTime: 5, testResults })).toMatchObject({
    counts: { passed: 0, failed: 2, skipped: 1 },
    failed: [{ name: "unread.test.ts", why: "no such file" }, { name: "hook.test.ts" }],
  });
});

test("what is missing or no report is an error", () => {
  expect(() => readTestReport(join(folder, "absent.json"))).toThrow("ENOENT");
  expect(() => read({})).toThrow(TypeError);
});
