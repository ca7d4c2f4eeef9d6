// Imports and requires each argument, and compares the names that the two ways give: node load.mjs @entrada/core …
import { createRequire } from "node:module";

// What files of a package share has a name of one or two letters where it is imported, and its own where it is required.
const isPublic = (name) => name.length > 2 && name !== "module.exports" && name !== "__esModule";
const require = createRequire(import.meta.url);
// Its suites run in vitest, which refuses to be required.
const ONLY_IMPORTED = ["@entrada/core/testing"];
for (const specifier of process.argv.slice(2)) {
  const imported = await import(specifier);
  const names = Object.keys(imported).filter(isPublic);
  if (names.length === 0) throw new Error(`${specifier} exports nothing`);
  if (ONLY_IMPORTED.includes(specifier)) continue;
  const required = require(specifier);
  const missing = names.filter((name) => typeof required[name] !== typeof imported[name]);
  if (missing.length > 0) throw new Error(`${specifier}: require lacks ${missing.join()}`);
}
