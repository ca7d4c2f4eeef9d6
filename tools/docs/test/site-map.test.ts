import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { INTERNAL_ENTRIES } from "../../api/src/internal-entries.ts";
import { ROOT } from "../src/site-folders.ts";
import { CHAPTERS, MODULES, PACKAGES } from "../src/site-map.ts";

const sources = new Set(
  [...CHAPTERS.flatMap(({ guides }) => guides), ...PACKAGES].map(({ source }) => source),
);
const published = globSync(["packages/*/package.json", "native/package.json"], { cwd: ROOT })
  .map((path) => ({ path, manifest: JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Manifest }))
  .filter(({ manifest }) => manifest.private !== true);

test("every guide of the repository has its place on the site", () => {
  const guides = globSync("docs/*.md", { cwd: ROOT }).map((path) => path.replaceAll("\\", "/"));
  expect(guides.filter((guide) => !sources.has(guide))).toEqual([]);
});

test("every published package has a page", () => {
  const readmes = published.map(({ path }) =>
    path.replaceAll("\\", "/").replace("package.json", "README.md"),
  );
  expect(readmes.filter((readme) => !sources.has(readme))).toEqual([]);
});

test("everything that can be imported is in the reference", () => {
  const specifiers = published.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((entry) => entry !== "./package.json")
      .map((entry) => manifest.name + entry.slice(1))
      .filter((specifier) => !INTERNAL_ENTRIES.has(specifier)),
  );
  expect(Object.keys(MODULES).toSorted()).toEqual(specifiers.toSorted());
});

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
}
