import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readWorkflows } from "../src/workflow.ts";

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

/** Scripts that no machine runs by itself, each with the reason. */
const BY_HAND: Readonly<Record<string, string>> = {
  "test:programs": "`npm test` does so, too",
  bench: "how it compares with others is read by people",
  limits: "its times need a machine that does nothing else",
  docs: "a test builds the whole site",
  api: "a test says where what it writes is out of date",
  "build:native": "the machines that compile the addon call what is behind it",
  build: "a step of `npm test`",
};

test("what CONTRIBUTING.md has people run is run by a workflow or by .ci/run, or by hand for a reason", () => {
  const listed = [...read("CONTRIBUTING.md").matchAll(/^\| `npm (?:run )?([\w:]+)`/gmu)].map(
    ([, name = ""]) => name,
  );
  const byWorkflows = readWorkflows()
    .flatMap(({ jobs }) => Object.values(jobs))
    .flatMap(({ steps = [] }) => steps)
    .flatMap(({ run = "" }) => /^npm (?:run )?([\w:]+)/u.exec(run)?.[1] ?? []);
  const byCheck = [...read(".ci/run").matchAll(/^\s*part ([\w:]+)/gmu)].map(([, name]) => name);
  const run = new Set([...byWorkflows, ...byCheck]);
  expect(listed.filter((name) => !run.has(name)).toSorted()).toEqual(Object.keys(BY_HAND).toSorted());
});
