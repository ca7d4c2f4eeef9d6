// Imports and requires each argument, and compares the names that the two ways give: node load.mjs @entrada/core …
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
for (const specifier of process.argv.slice(2)) {
  const imported = Object.keys(await import(specifier)).filter((name) => name !== "module.exports");
  const required = Object.keys(require(specifier)).filter((name) => name !== "__esModule");
  if (imported.length === 0) throw new Error(`${specifier} exports nothing`);
  if (imported.toSorted().join() !== required.toSorted().join()) {
    throw new Error(`${specifier}: import gives ${imported.join()}, require gives ${required.join()}`);
  }
}
