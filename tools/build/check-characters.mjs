import { isOfWords } from "./share-words.mjs";

/**
 * Refuses a bundle with a character beyond ASCII. One is enough for the engine to decode the file in full and to keep two
 * bytes for each character of it, at the cost of everybody who imports it. A file that holds the words of other languages
 * and nothing else may have their letters: who imports the package does not load it, and escapes would be three times as
 * large.
 * @returns {import("rolldown").Plugin}
 */
export function checkCharacters() {
  return {
    name: "check-characters",
    generateBundle(_options, bundle) {
      for (const { type, fileName, moduleIds = [], code = "" } of Object.values(bundle)) {
        if (isOfWords({ type, moduleIds })) continue;
        const [line] = (type === "chunk" && /^.*[^\0-\x7f].*$/m.exec(code)) || [];
        if (line) this.error(`dist/${fileName} has a character beyond ASCII: ${line.trim()}`);
      }
    },
  };
}
