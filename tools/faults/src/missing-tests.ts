import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FaultRow } from "./fault-row.ts";
import { writtenTests } from "./written-tests.ts";

/** What is wrong with the tests that rows name, a sentence each: none, of a file that is gone, or renamed. */
export function missingTests(root: string, rows: readonly FaultRow[]): readonly string[] {
  const known = new Map<string, ReadonlySet<string>>();
  const namesIn = (file: string): ReadonlySet<string> => {
    const path = join(root, file);
    const names =
      known.get(file) ?? new Set(existsSync(path) ? writtenTests(path).map(({ name }) => name) : []);
    known.set(file, names);
    return names;
  };
  return rows.flatMap(({ id, tests }) => {
    if (tests.length === 0) return [`${id} has no test`];
    return tests
      .filter(({ file, name }) => !namesIn(file).has(name))
      .map(({ file, name }) => `${id}: ${file} has no test "${name}"`);
  });
}
