import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FALLBACK_PAGE, withFallbackTable } from "../src/fallback-table.ts";
import { ROOT } from "../src/site-folders.ts";

const page = readFileSync(join(ROOT, FALLBACK_PAGE), "utf8");

test("the table of what leads to the browser is that of the code (npm run docs:fallback-table writes it)", () => {
  expect(page).toBe(withFallbackTable(page));
});

test("a page without its place for the table is told of", () => {
  expect(() => withFallbackTable("# no table")).toThrow(FALLBACK_PAGE);
});
