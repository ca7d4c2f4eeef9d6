import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { leaves } from "./entry-points.mjs";
import { putIn } from "./put-in.mjs";

/** Where the declarations of several entry points share what none of them names alone. */
const SHARED = "declarations";

/**
 * The declarations that are published, from package.json: one file for each entry point, and one for what they share. It
 * need not name them: TypeScript finds `index.d.mts` beside `index.mjs`, and `index.d.cts` beside `index.cjs`. Node.js
 * reads package.json at each start, and most of it would be their names.
 * Where an entry point can be required, they are those of its CommonJS module, and a line gives the same to ES modules: a
 * class has one type, whichever way it came.
 * @param {{ readonly exports?: unknown }} manifest
 * @returns {{ readonly rolled: Readonly<Record<string, string>>, readonly lines: readonly string[], readonly files: readonly string[] }}
 * `rolled`: the ending of the file of each entry point. `lines`: those with a line for ES modules beside it. `files`: all
 */
export function publishedDeclarations({ exports }) {
  const entries = [...new Set(leaves(exports))]
    .map((file) => /^\.\/dist\/(.*)\.mjs$/.exec(file)?.[1])
    .filter(Boolean);
  const required = new Set(
    leaves(exports)
      .map((file) => /^\.\/dist\/(.*)\.(?:cjs|d\.cts)$/.exec(file)?.[1])
      .filter(Boolean),
  );
  const rolled = Object.fromEntries(entries.map((name) => [name, required.has(name) ? "cts" : "mts"]));
  // Both kinds of modules may name what is of the CommonJS kind.
  if (entries.length > 1) rolled[SHARED] = required.size > 0 ? "cts" : "mts";
  const lines = entries.filter((name) => required.has(name));
  const files = [
    ...Object.entries(rolled).map(([name, ending]) => `dist/${name}.d.${ending}`),
    ...lines.map((name) => `dist/${name}.d.mts`),
  ];
  return { rolled, lines, files: files.toSorted() };
}

/**
 * Writes them, from those that the compiler wrote for each source: hundreds of small files each take a block of the disk,
 * once for each kind of module, and most of what they declare nobody who imports the package can come to.
 * @param {string} folder of the package, compiled
 * @throws Error where an entry point needs a declaration that is not there
 */
export async function rollDeclarations(folder) {
  const dist = join(folder, "dist");
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { rolled, lines, files } = publishedDeclarations(manifest);
  // What the build puts in is not installed beside the package: its types are put in, too.
  const within = putIn(manifest);
  for (const file of readdirSync(dist, { recursive: true })) {
    const path = `dist/${file.replaceAll("\\", "/")}`;
    if (/\.d\.[cm]ts$/.test(path) && !files.includes(path)) rmSync(join(folder, path));
  }
  const entries = Object.keys(rolled).filter((name) => name !== SHARED);
  if (entries.length === 0) return;

  const fileOf = ({ name }) => `${name}.d.${rolled[name]}`;
  const input = Object.fromEntries(entries.map((name) => [name, join(dist, `${name}.d.ts`)]));
  const sources = new Set(Object.values(input));
  const bundle = await rolldown({
    cwd: folder,
    input,
    // What other packages declare.
    external: (id) => !/^\.{0,2}\//.test(id) && !/^[a-z]:\\/i.test(id) && !within.includes(id),
    preserveEntrySignatures: "allow-extension",
    plugins: [
      declarationsOf(folder, within),
      dts({ dtsOnly: true, generator: "oxc", sourcemap: false, tsconfig: false }),
    ],
    onLog: (_level, log) => {
      throw new Error(`the declarations of ${folder}: ${log.message}`);
    },
  });
  await bundle.write({
    dir: dist,
    format: "es",
    entryFileNames: fileOf,
    chunkFileNames: fileOf,
    codeSplitting: entries.length > 1 && {
      includeDependenciesRecursively: false,
      groups: [{ name: SHARED, test: (id) => !sources.has(id) }],
    },
  });
  await bundle.close();
  for (const name of lines)
    writeFileSync(join(dist, `${name}.d.mts`), `export * from "./${basename(name)}.cjs";\n`);
  const absent = files.filter((file) => !existsSync(join(folder, file)));
  if (absent.length > 0) throw new Error(`the declarations of ${folder}: no ${absent.join(", ")}`);
}

/**
 * Finds the declarations of packages that are put in: those of each source, as of the package itself.
 * @param {string} folder
 * @param {readonly string[]} names
 * @returns {import("rolldown").Plugin}
 */
function declarationsOf(folder, names) {
  return {
    name: "declarations-of",
    resolveId: (id) =>
      names.includes(id) ? realpathSync(join(folder, "node_modules", id, "dist", "index.d.ts")) : undefined,
  };
}
