/**
 * The sources behind everything that package.json lets be run or imported, by the name of their output:
 * `./dist/flow/index.mjs` in `exports`, `bin` or `imports` becomes `flow/index` from `src/flow/index.ts`.
 * @param {{ readonly exports?: unknown, readonly bin?: unknown, readonly imports?: unknown }} manifest
 * @returns {Readonly<Record<string, string>>}
 */
export function entryPoints({ exports, bin, imports }) {
  const names = [exports, bin, imports]
    .flatMap(leaves)
    .map((file) => /^\.\/dist\/(.*)\.mjs$/.exec(file)?.[1])
    .filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, `./src/${name}.ts`]));
}

/**
 * Those of them that modules of the CommonJS kind can require: nobody requires a command, or an entry point of which
 * package.json says nothing else for `require`.
 * @param {{ readonly exports?: unknown }} manifest
 * @returns {ReadonlySet<string>}
 */
export function requiredEntryPoints({ exports = {} }) {
  const files = Object.values(exports).flatMap((entry) => leaves(entry?.require));
  return new Set(files.map((file) => /^\.\/dist\/(.*)\.cjs$/.exec(file)?.[1]).filter(Boolean));
}

/**
 * The strings in a tree of objects.
 * @param {unknown} tree
 * @returns {string[]}
 */
export function leaves(tree) {
  if (typeof tree === "string") return [tree];
  return typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(leaves) : [];
}
