import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { extractReport } from "../src/extract-report.ts";
import { publicEntries } from "../src/public-entries.ts";
import { readExports } from "../src/read-exports.ts";
import contract from "./contract.json" with { type: "json" };

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

describe.each(Object.entries(contract))("what is promised of %s", (specifier, promised) => {
  const entry = entries.find((it) => it.specifier === specifier);
  const exported = entry ? readExports(readFileSync(entry.report, "utf8")) : new Map<string, string>();

  test("is exported at all", () => {
    expect(exported.size).toBeGreaterThan(0);
  });

  test.each(Object.entries(promised as Readonly<Record<string, readonly string[]>>))(
    "%s",
    (name, members) => {
      const declaration = exported.get(name);
      expect(declaration, `export of ${name}`).toBeDefined();
      const words = new Set(declaration?.match(/\w+/g));
      expect(members.filter((member) => !words.has(member))).toEqual([]);
    },
  );
});
