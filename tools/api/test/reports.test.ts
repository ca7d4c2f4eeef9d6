import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { extractReport } from "../src/extract-report.ts";
import { publicEntries } from "../src/public-entries.ts";

const entries = publicEntries();

test.each(entries.map((entry) => [entry.specifier, entry] as const))(
  "the report of %s says what its declarations say (npm run api writes it anew)",
  (_specifier, entry) => {
    expect(extractReport(entry)).toBe(readFileSync(entry.report, "utf8"));
  },
);

test("every report is of an entry point that there is", () => {
  const folder = dirname(entries[0]?.report ?? "");
  expect(readdirSync(folder).toSorted()).toEqual(entries.map(({ report }) => basename(report)).toSorted());
});
