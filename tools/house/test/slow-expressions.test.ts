import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { MADE_AT_RUN_TIME, slownessOf, writtenExpressions } from "../src/slow-expressions.ts";
import { sourceFiles } from "../src/source-files.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const TEST = /\.(?:test|spec)\.ts$|\/test\//u;
const files = ["packages", "native"]
  .flatMap((tree) => sourceFiles(ROOT, tree))
  .filter((file) => file.includes("/src/") && !TEST.test(file));
const all = files.flatMap((file) => writtenExpressions(file, readFileSync(join(ROOT, file), "utf8")));

/** Those that are made at run time, and of what. */
const MADE = {
  "packages/codemod/src/migrate-project.ts": "of the names of packages that the codemod knows",
  "packages/emulator/src/person/person-browser.ts":
    "of the names of attributes that the emulator's pages have",
  "packages/emulator/src/sign-in/sign-ins.ts": "of the name of the emulator's cookie",
};

describe("the regular expressions of what is published", () => {
  test("take time that grows with a text no faster than the text does", () => {
    expect(all.length).toBeGreaterThan(150);
    const slow = all
      .filter(({ pattern }) => pattern !== MADE_AT_RUN_TIME)
      .map((expression) => ({ ...expression, slowness: slownessOf(expression) }))
      .filter(({ slowness }) => slowness !== undefined)
      .map(
        ({ file, line, pattern, flags, slowness }) => `${file}:${line} /${pattern}/${flags} is ${slowness}`,
      );
    expect(slow).toEqual([]);
  });

  test("are made at run time where that has a reason only", () => {
    const made = all.filter(({ pattern }) => pattern === MADE_AT_RUN_TIME).map(({ file }) => file);
    expect(new Set(made)).toEqual(new Set(Object.keys(MADE)));
  });
});

describe("the checker", () => {
  test.each([
    [String.raw`^application\/x-www-form-urlencoded\s*(?:;.*)?$`, ""],
    [String.raw`^[\w-]+="[^"]*"$`, ""],
    [String.raw`\s$`, ""],
    [String.raw`(?<!\s)\s+$`, ""],
  ])("has nothing against /%s/", (pattern, flags) => {
    expect(slownessOf({ pattern, flags })).toBeUndefined();
  });

  test.each([
    ["two that can take the same", String.raw`^a\s*(?:;\s*)?\s*$`, ""],
    ["one that begins anew at each place", String.raw`\s+$`, ""],
    ["so it does on each line", String.raw`^\s*root\s*=`, "m"],
    ["a name that may begin anywhere", String.raw`([\w-]+)="([^"]*)"`, "g"],
    ["a repetition of repetitions", String.raw`^(?:a+)+$`, ""],
  ])("finds %s", (_name, pattern, flags) => {
    expect(slownessOf({ pattern, flags })).toMatch(/^(?:quadratic|exponential) in a text of many /);
  });

  test("finds the expressions of a source, wherever they stand", () => {
    const source = `const a = /x/u;\nif (/y/.test(b) && new RegExp("z", "g")) c(RegExp(a + "w"));`;
    expect(writtenExpressions("a.ts", source)).toEqual([
      { file: "a.ts", line: 1, pattern: "x", flags: "u" },
      { file: "a.ts", line: 2, pattern: "y", flags: "" },
      { file: "a.ts", line: 2, pattern: "z", flags: "g" },
      { file: "a.ts", line: 2, pattern: MADE_AT_RUN_TIME, flags: "" },
    ]);
  });
});
