import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { detailsOfCodes } from "../src/explain/details.ts";

const ERRORS = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");

/** The words in the first column of a section's table. */
function documented(section: string): readonly string[] {
  const rows = section.matchAll(/^\| (`[^|]*) \|/gm);
  const words = Array.from(rows, ([, cell = ""]) =>
    Array.from(cell.matchAll(/`(\w+)`/g), ([, word = ""]) => word),
  );
  return words.flat().filter((word) => word !== "detail" && word !== "code");
}

test("explain knows the details that the documentation has, each under its code", () => {
  const sections = ERRORS.split(/^## /m).map((text) => [/^`(\w+)`\n/.exec(text)?.[1], text] as const);
  const written = sections.flatMap(([code, text]) => {
    // A detail that is called as its code is found by that.
    const details = documented(text).filter((detail) => detail !== code);
    return code === undefined || details.length === 0 ? [] : [[code, details] as const];
  });
  expect([...detailsOfCodes()]).toEqual(written);
});
