/**
 * The sources behind everything that package.json lets be run or imported, by the name of their output:
 * `./dist/flow/index.js` in `exports`, `bin` or `imports` becomes `flow/index` from `src/flow/index.ts`.
 * @param {{ readonly exports?: unknown, readonly bin?: unknown, readonly imports?: unknown }} manifest
 * @returns {Readonly<Record<string, string>>}
 */
export function entryPoints({ exports, bin, imports }) {
  const names = [exports, bin, imports]
    .flatMap(leaves)
    .map((file) => /^\.\/dist\/(.*)\.js$/.exec(file)?.[1])
    .filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, `./src/${name}.ts`]));
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
