import { globSync } from "node:fs";
import { join } from "node:path";

/** The folders, as seen from the root, of all packages that have tests. */
export function testedFolders(root: string): readonly string[] {
  const files = globSync(["*", "packages/*", "tools/*"].flatMap(testsIn), { cwd: root });
  const folders = new Set<string>();
  for (const file of files) folders.add(file.replaceAll("\\", "/").replace(/\/(?:src|test)\/.*$/, ""));
  return Array.from(folders).toSorted();
}

function testsIn(folder: string): readonly string[] {
  return ["src", "test"].map((place) => `${folder}/${place}/**/*.test.ts`);
}

/** What vitest calls the tests of a folder: `core`, `native`, `tools/docs`. */
export function projectOf(folder: string): string {
  return folder.replaceAll("\\", "/").replace(/^packages\//, "");
}

/** Where the report of the tests of a folder lies after a run. */
export function reportOf(folder: string): string {
  return join(folder, ".cache", "tests.json");
}
