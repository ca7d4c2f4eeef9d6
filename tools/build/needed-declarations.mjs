import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { leaves } from "./entry-points.mjs";

// `from "./a.js"` and `import("./a.js")`, to which the compiler gives the ending of what the declaration describes.
const REFERENCE = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"']*)\.[jt]s["']/g;

/**
 * The declarations that whoever imports the package can come to, from those that package.json names: `dist/index.d.ts`.
 * The compiler writes one for every source.
 * @param {string} folder of the package, built
 * @returns {readonly string[]}
 */
export function neededDeclarations(folder) {
  const { exports, imports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const named = [exports, imports].flatMap(leaves).filter((file) => file.endsWith(".d.ts"));
  const found = new Set(named.map((file) => resolve(folder, file)));
  for (const file of found) {
    for (const [, path] of readFileSync(file, "utf8").matchAll(REFERENCE)) {
      found.add(`${resolve(dirname(file), path)}.d.ts`);
    }
  }
  return [...found].map((file) => relative(folder, file).replaceAll("\\", "/")).toSorted();
}

/**
 * The other declarations that stand in dist.
 * @param {string} folder of the package, built
 * @returns {readonly string[]}
 */
export function needlessDeclarations(folder) {
  const needed = new Set(neededDeclarations(folder));
  return readdirSync(join(folder, "dist"), { recursive: true })
    .map((file) => `dist/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".d.ts") && !needed.has(file))
    .toSorted();
}
