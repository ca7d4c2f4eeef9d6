import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { SEEDED } from "../src/seeded.ts";
import { trySeeded } from "../src/try-seeded.ts";

// A few of each, so that what tries them does not rust; a workflow tries all of them every week.
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SAMPLE = ["verifier-of-64-bits", "first-echo-alone"];

test("faults that are put in by hand are noticed by their tests", () => {
  const sample = SEEDED.filter(({ name }) => SAMPLE.includes(name));
  expect(sample).toHaveLength(SAMPLE.length);
  expect(trySeeded(ROOT, sample)).toBe(0);
});

test("faults that are put into the engine are found by its model", async () => {
  const model = fileURLToPath(new URL("../../../packages/core/test/model/model.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [model, "--seeded", "--only", "abort"]);
  const [, found, tried] = /^(\d+) of (\d+) seeded faults found$/mu.exec(stdout) ?? [];
  expect(found).toBe(tried);
  expect(Number(found)).toBeGreaterThan(1);
});
