/**
 * Writes the words of other languages, which their sources have in plain letters for whoever reads them, as ASCII: see
 * `checkCharacters`, which goes on to refuse any such letter elsewhere. Only in the finished file: the bundler prints
 * escapes that it is given as the letters.
 * @returns {import("rolldown").Plugin}
 */
export function escapeLanguages() {
  return {
    name: "escape-languages",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || !chunk.moduleIds.some((id) => /[\\/]languages[\\/]/.test(id))) continue;
        chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped);
      }
    },
  };
}

function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
