import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * Whether a file holds the words of other languages and nothing else.
 * @param {{ readonly type: string, readonly moduleIds?: readonly string[] }} file
 */
export function isOfWords({ type, moduleIds = [] }) {
  return type === "chunk" && moduleIds.every((id) => /[\\/]languages[\\/]/.test(id));
}

/**
 * Lets ES modules load the words that are there for modules of the CommonJS kind: what is said is the same to both, and
 * takes its blocks of the disk once.
 * @param {string} dist the folder of what was written
 * @param {readonly import("rolldown").OutputChunk[]} output of both kinds
 * @returns {readonly import("rolldown").OutputChunk[]} what of it is needed
 */
export function shareWords(dist, output) {
  const isSame = (one, other) => String(one.moduleIds) === String(other.moduleIds);
  const ofWords = output.filter((file) => isOfWords(file));
  const pairs = ofWords
    .filter(({ fileName }) => fileName.endsWith(".mjs"))
    .map((own) => [own, ofWords.find((other) => other.fileName.endsWith(".cjs") && isSame(own, other))])
    .filter(([, twin]) => twin !== undefined);
  for (const [own, twin] of pairs) {
    const [from, to] = [basename(own.fileName), basename(twin.fileName)];
    for (const { fileName } of output.filter(({ code }) => code.includes(from))) {
      const file = join(dist, fileName);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll(from, to));
    }
  }
  return output.filter((file) => pairs.every(([own]) => own !== file));
}
