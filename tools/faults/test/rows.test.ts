import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FIGURES, figuresSection } from "../src/figures.ts";
import { missingTests } from "../src/missing-tests.ts";
import { ALL_ROWS, SECTIONS } from "../src/sections.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const ROWS_OF = { L: 41, B: 9, A: 35, T: 16, D: 28, C: 33, P: 16, G: 8, W: 13, E: 9, M: 6 };

test("each row is there once, in order", () => {
  const ids = Object.entries(ROWS_OF).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  expect(ALL_ROWS.map(({ id }) => id)).toEqual(ids);
  expect(ids).toHaveLength(214);
});

test("each row has a promise, and tests that are there under these names", () => {
  expect(ALL_ROWS.filter(({ promise }) => !/^[A-Z\d`"].*\.$/u.test(promise))).toEqual([]);
  expect(missingTests(ROOT, ALL_ROWS)).toEqual([]);
});

test("each figure names a command of this repository", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const names = FIGURES.map(({ command }) => /^npm (?:run )?(\S+)/.exec(command)?.[1] ?? command);
  expect(names.filter((name) => !(name in scripts))).toEqual([]);
});

describe("docs/reliability.md", () => {
  const page = readFileSync(join(ROOT, "docs", "reliability.md"), "utf8");

  test("has the figures as they are written down", () => {
    expect(page).toContain(figuresSection(FIGURES).join("\n"));
  });

  test.each(SECTIONS)("has the rows of $title as they are: npm run faults writes it", ({ title, rows }) => {
    expect(page).toContain(`## ${title}\n`);
    for (const { id, promise, tests } of rows) {
      const line = page.split("\n").find((text) => text.startsWith(`| ${id} |`)) ?? "";
      expect(line).toContain(`| ${promise} |`);
      for (const { name } of tests) expect(line).toContain(name.replaceAll("|", "\\|"));
    }
  });
});

test("docs/security.md has a line for each row of the listener, the browser, the cache and the logs", () => {
  const page = readFileSync(join(ROOT, "docs", "security.md"), "utf8");
  const told = ALL_ROWS.filter(({ id }) => /^[LBCG]\d/u.test(id));
  expect(told).toHaveLength(91);
  for (const { id, promise } of told) {
    const line = page.split("\n").find((text) => text.startsWith(`- [${id}](reliability.md#`));
    expect(line?.endsWith(`): ${promise}`), `the line of ${id}`).toBe(true);
  }
});
