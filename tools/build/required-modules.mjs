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
