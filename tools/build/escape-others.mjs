/**
 * Writes the letters of other makers' sources, where some are put in, as ASCII: see `checkCharacters`, which goes on to
 * refuse any such letter of ours. Only in the finished file: the bundler prints escapes that it is given as the letters.
 * @returns {import("rolldown").Plugin}
 */
export function escapeOthers() {
  return {
    name: "escape-others",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || !chunk.moduleIds.some((id) => /[\\/]node_modules[\\/]/.test(id)))
          continue;
        chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped);
      }
    },
  };
}

function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
