import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * Refuses a bundle that moves a source with `import.meta.url` to another depth than the compiler would: its relative
 * paths would lead elsewhere.
 * @param {string} folder of the package
 * @returns {import("rolldown").Plugin}
 */
export function checkPlaces(folder) {
  return {
    name: "check-places",
    generateBundle(_options, bundle) {
      for (const { type, fileName, moduleIds = [] } of Object.values(bundle)) {
        if (type !== "chunk") continue;
        for (const id of moduleIds) {
          const source = relative(folder, id).replaceAll("\\", "/");
          // Of another package that is taken in, what counts is where it lay there.
          const placed = relative(packageOf(id) ?? folder, id).replaceAll("\\", "/");
          const moved = depth(placed) !== depth(`dist/${fileName}`);
          if (moved && findsFiles(this.getModuleInfo(id)?.code ?? "")) {
            this.error(`${source} finds files by import.meta.url, and would be moved to dist/${fileName}`);
          }
        }
      }
    },
  };
}

/** A package is found from any depth by `createRequire(import.meta.url)`; a relative path is not. */
function findsFiles(code) {
  const statements = code.replace(/^(?:import|export)\b[^;]*?from\s*["'][^"']*["'];?$/gm, "");
  return statements.includes("import.meta.url") && /["'`]\.{1,2}\//.test(statements);
}

/** The folder of the package that a module belongs to. */
function packageOf(id) {
  for (let folder = dirname(id); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, "package.json"))) return folder;
}

/** How many folders a file lies in. */
function depth(file) {
  return file.split("/").length;
}
