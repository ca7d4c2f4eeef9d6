import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { actionlint } from "../src/actionlint.ts";
import { rules } from "../src/rules.ts";
import { readWorkflow, readWorkflows } from "../src/workflow.ts";

const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const scripts = new Set(Object.keys(manifest.scripts));
const workflows = readWorkflows();

test("there is one to check, one to mutate, one for each night, one to compile and one to release", () => {
  expect(workflows.map(({ name }) => name)).toEqual([
    "ci.yml",
    "mutants.yml",
    "nightly.yml",
    "prebuilds.yml",
    "release.yml",
  ]);
});

describe.each(workflows.map((workflow) => [workflow.name, workflow] as const))("%s", (name, workflow) => {
  test("passes actionlint", async () => {
    expect(await actionlint(`.github/workflows/${name}`, workflow.text)).toEqual([]);
  });

  test("keeps the rules of this project", () => {
    expect(rules(scripts).flatMap((rule) => rule(workflow))).toEqual([]);
  });
});

test("a release is packed together with the bill of its materials", () => {
  const text = workflows.find(({ name }) => name === "release.yml")?.text;
  expect(text).toContain("run release:bill bill-of-materials");
  expect(text).toMatch(/name: bill-of-materials\n\s+path: bill-of-materials\n/);
});

test("no action and no package is taken up that is younger than a week", () => {
  const text = readFileSync(new URL("../../../.github/dependabot.yml", import.meta.url), "utf8");
  expect(text.match(/package-ecosystem:/g)).toHaveLength(2);
  expect(text.match(/cooldown:\n {6}default-days: 7\n/g)).toHaveLength(2);
});

test("the matrix of the checks has three systems and three lines of Node.js", () => {
  const text = workflows.find(({ name }) => name === "ci.yml")?.text;
  expect(text?.match(/node: \[22, 24, 26\]/g)).toHaveLength(2);
  expect(text).toContain("ubuntu-24.04");
  expect(text).toContain("[macos-15, windows-2025]");
});

const sound = `name: x
on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read # to check out
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: npm run debian -- redis-server
      - run: npm test
`;

describe("a workflow that", () => {
  test("is sound has nothing against it", async () => {
    expect(complaints(sound)).toEqual([]);
    expect(await actionlint("x.yml", sound)).toEqual([]);
  });

  test.each([
    [
      "permits something at the top",
      "permissions: {}",
      "permissions: { contents: read }",
      "must stand at the top",
    ],
    ["lets a job have the usual permissions", /    permissions:\n.*\n/, "", "does not say what it may do"],
    ["gives no reason for a permission", " # to check out", "", "without a reason"],
    ["takes an action by its tag", /@[0-9a-f]{40} # v7.0.1/, "@v7", "not pinned"],
    ["does not say which version a digest is", " # v7.0.1", "", "not pinned"],
    ["runs what is not in this repository", "npm test", "curl https://example.com", "no script of this"],
    ["runs a script that does not exist", "npm test", "npm run absent", "no script of this"],
    ["adds to a script", "npm test", "npm test && env", "no script of this"],
    ["pastes an expression", "npm test", "npm test ${{ github.head_ref }}", "pasted in"],
    [
      "uses a secret",
      "npm test",
      "npm test\n        env:\n          T: ${{ secrets.T }}",
      "secrets are used",
    ],
    ["tests without the programs for it", /      - run: npm run debian.*\n/, "", "without `npm run debian`"],
    [
      "installs them when the tests have run",
      /(      - run: npm run debian.*\n)(      - run: npm test\n)/,
      "$2$1",
      "without `npm run debian`",
    ],
    ["may run for hours", /    timeout-minutes.*\n/, "", "no timeout"],
    [
      "keeps credentials that it does not need",
      "credentials: false",
      "credentials: true",
      "keeps its credentials",
    ],
    ["may publish", "contents: read", "id-token: write # to sign\n      contents: read", "at other places"],
  ])("%s is refused", (_what, from, to, complaint) => {
    const text = sound.replace(from, to);
    expect(text).not.toBe(sound);
    expect(complaints(text)).toEqual([expect.stringContaining(complaint)]);
  });

  test("reads an output that no step has is refused by actionlint", async () => {
    const text = sound.replace(
      "npm test",
      "npm test\n        env:\n          A: ${{ steps.none.outputs.a }}",
    );
    expect(await actionlint("x.yml", text)).toEqual([
      expect.stringContaining('property "none" is not defined'),
    ]);
  });
});

function complaints(text: string): readonly string[] {
  const workflow = readWorkflow("x.yml", text);
  return rules(scripts).flatMap((rule) => rule(workflow));
}
