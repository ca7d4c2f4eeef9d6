import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { neededDeclarations } from "./needed-declarations.mjs";

// Relative ones of any ending that the compiler writes: what a declaration of the CommonJS kind names is of its kind.
const RELATIVE = /((?:\bfrom\s*|\bimport\s*\(?\s*)["']\.{1,2}\/[^"']*)\.[jt]s(["'])/g;

/** What an ES module asks about its place, by names that `findPlaces` explains. */
export const PLACES = { "import.meta.url": "entradaPlace", "import.meta.resolve": "entradaResolve" };

const PROGRAMS = {
  entradaPlace: 'require("node:url").pathToFileURL(__filename).href',
  entradaResolve: '(id) => require("node:url").pathToFileURL(require.resolve(id)).href',
};

/**
 * Says in each file that needs it where a module of the CommonJS kind lies.
 * @returns {import("rolldown").Plugin}
 */
export function findPlaces() {
  return {
    name: "find-places",
    renderChunk(code) {
      const needed = Object.entries(PROGRAMS).filter(([name]) => code.includes(name));
      return needed.map(([name, program]) => `const ${name} = ${program};\n`).join("") + code;
    },
  };
}

/**
 * Writes beside each declaration that can be come to one for modules of the CommonJS kind: `index.d.cts`.
 * @param {string} folder of the package, built
 */
export function writeCommonJsDeclarations(folder) {
  const needed = neededDeclarations(folder).map((file) => file.replace(/\.d\.ts$/, ".d.cts"));
  for (const file of readdirSync(join(folder, "dist"), { recursive: true })) {
    const path = `dist/${file.replaceAll("\\", "/")}`;
    if (path.endsWith(".d.cts") && !needed.includes(path)) rmSync(join(folder, path));
  }
  for (const file of needed) {
    const text = readFileSync(join(folder, file.replace(/\.d\.cts$/, ".d.ts")), "utf8");
    const own = text.replaceAll(RELATIVE, "$1.cjs$2").replaceAll(/^\/\/# sourceMappingURL=.*$/gm, "");
    writeFileSync(join(folder, file), own);
  }
}
