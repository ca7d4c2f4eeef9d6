import { expect, test } from "vitest";
import { RefusalLog } from "./refusal-log.ts";

function logOf(): { readonly log: RefusalLog; readonly warnings: string[] } {
  const warnings: string[] = [];
  return { log: new RefusalLog((code, message) => warnings.push(`${code}: ${message}`)), warnings };
}

const counted = (warnings: readonly string[]): readonly number[] =>
  warnings.map((text) => Number(/\((\d+) so far\)/.exec(text)?.[1]));

test("the 1st, 11th, 21st ... refused answer is told, ten in all, and all are counted", () => {
  const { log, warnings } = logOf();
  for (let turn = 0; turn < 250; turn += 1) log.add("Why.");
  expect(counted(warnings)).toEqual([1, 11, 21, 31, 41, 51, 61, 71, 81, 91]);
  expect(log.count).toBe(250);
});

test("what is told of the last one when the time is over has the count and its reason", () => {
  const { log } = logOf();
  expect(log.last).toBeUndefined();
  log.add("The first reason.");
  log.add("The second reason.");
  expect(log.last).toMatch(/was refused \(2 so far\)\. The second reason\.$/);
});

test("nobody is told when the sign-in is over", () => {
  const { log, warnings } = logOf();
  log.fallSilent();
  log.add("Why.");
  expect([warnings, log.count]).toEqual([[], 1]);
});

test("nobody has to listen", () => {
  const log = new RefusalLog();
  log.add("Why.");
  expect(log.count).toBe(1);
});
