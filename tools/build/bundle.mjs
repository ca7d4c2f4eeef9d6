// Bundles the JavaScript of one package: `tsc -b && node ../../tools/build/bundle.mjs`, in the package's folder.
//   --whole SOURCE   a part that is loaded often, at once or later: one file, where others find what they share with it
//   --within PACKAGE what is imported of another package by this name is put in: one of another maker that is not to be
//                    installed beside it, or a part of ours that has no identity, so that importing this package reads
//                    no file for it
//   --apart ENTRY    an entry point that is seldom used beside the others: one file, which shares nothing with theirs
// The compiler describes each source; this puts that together, and writes dist/**/*.mjs: a file for each entry point of
// package.json, one for what the entry points share, and one for each part that is loaded later. What package.json has a
// condition "require" for is written as dist/**/*.cjs as well, for what cannot load ES modules: jest, ts-node, older
// settings of TypeScript. A few files load in a fraction of the time that a hundred modules take, and a class that two
// entry points export stays one class.
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";
import { entryPoints, requiredEntryPoints } from "./entry-points.mjs";
import { faithful } from "./faithful.mjs";
import { findPlaces, PLACES } from "./required-modules.mjs";
import { LATER, findShared } from "./find-shared.mjs";
import { rollDeclarations } from "./roll-declarations.mjs";
import { shareWords } from "./share-words.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    whole: { type: "string", multiple: true, default: [] },
    apart: { type: "string", multiple: true, default: [] },
    within: { type: "string", multiple: true, default: [] },
  },
});
const folder = resolve(positionals[0] ?? ".");
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const entries = entryPoints(manifest);
const required = requiredEntryPoints(manifest);
const formats = required.size > 0 ? ["esm", "cjs"] : ["esm"];
const absent = [...Object.values(entries), ...values.whole].filter(
  (source) => !existsSync(join(folder, source)),
);
if (absent.length > 0) {
  throw new Error(`${manifest.name}: package.json promises what no source makes: ${absent.join(", ")}`);
}

const { index: main, ...others } = entries;
const apart = values.apart.map((name) => ({ [name]: others[name] }));
for (const name of values.apart) delete others[name];
const output = [];
for (const format of formats)
  for (const together of [{ index: main, ...others }, ...apart])
    output.push(...(await bundled(together, format)));

// What an earlier build wrote and this one did not would be published with it.
const needed = shareWords(join(folder, "dist"), output);
const written = new Set(needed.map(({ fileName }) => fileName));
for (const file of readdirSync(join(folder, "dist"), { recursive: true })) {
  const stale = /\.[cm]?js(\.map)?$/.test(file) && !written.has(file.replaceAll("\\", "/"));
  if (stale) rmSync(join(folder, "dist", file));
}
await rollDeclarations(folder);
const chunks = needed.filter(({ type }) => type === "chunk").length;
console.log(`${manifest.name}: ${Object.keys(entries).length} entry points in ${chunks} files`);

/** Writes the files of these entry points as modules of one kind. */
async function bundled(entriesTogether, format) {
  const isEsm = format === "esm";
  const input = Object.fromEntries(
    Object.entries(entriesTogether).filter(([name]) => isEsm || required.has(name)),
  );
  const [first, ...rest] = Object.entries(input);
  if (first === undefined) return [];
  // What is loaded later of an entry point that is apart finds there what they share.
  const whole = input.index ? values.whole : [first[1]];
  const owners = new Map([[join(folder, first[1]), "shared"]]);
  for (const source of whole) owners.set(join(folder, source), basename(source, ".ts"));
  for (const [name, source] of rest) owners.set(join(folder, source), `${name.split("/")[0]}-parts`);
  const shared = findShared(
    [...owners.keys()],
    whole.map((source) => join(folder, source)),
  );
  owners.set(LATER, "later-parts");
  // As entries these keep their exports, and need no namespace that is made when they are loaded.
  const later = whole.filter((source) => !Object.values(input).includes(source));
  const bundle = await rolldown({
    cwd: folder,
    input: { ...input, ...Object.fromEntries(later.map((source) => [basename(source, ".ts"), source])) },
    // Nothing of Node's is put in for it: the sources import what they use. What others have written may require it.
    platform: values.within.every((name) => name.startsWith("@entrada/")) ? "neutral" : "node",
    // Packages, Node's own modules, and the conditions of package.json ("imports"), which the application chooses among.
    external: (id) => !/^\.{0,2}\//.test(id) && !/^[a-z]:\\/i.test(id) && !values.within.includes(id),
    transform: { target: "node20.19", ...(isEsm ? {} : { define: PLACES }) },
    // Files of the package may find more in an entry point than its declarations name; see `findShared`.
    preserveEntrySignatures: "allow-extension",
    plugins: [shared.plugin, ...faithful(folder)],
    // No lines that say where a module came from: Node.js reads them all at each start.
    experimental: { attachDebugInfo: "none" },
    onLog: (_level, log) => {
      throw new Error(`${manifest.name}: ${log.message}`);
    },
  });
  const ending = isEsm ? "mjs" : "cjs";
  const { output: files } = await bundle.write({
    dir: join(folder, "dist"),
    format,
    entryFileNames: ({ name }) => (name in input ? `[name].${ending}` : `chunks/[name]-[hash].${ending}`),
    chunkFileNames: (chunk) => `chunks/${nameOf(chunk)}-[hash].${ending}`,
    // jest has no import() for modules of the CommonJS kind.
    ...(isEsm ? {} : { dynamicImportInCjs: false, exports: "named", plugins: [findPlaces()] }),
    // What is published is the sources without their types, line by line and not minified: a map would be twice as large
    // as what it explains.
    sourcemap: false,
    comments: { legal: false, annotation: true, jsdoc: false },
    codeSplitting: {
      // A module's imports are in its own group or in one further in: no two files need each other.
      includeDependenciesRecursively: false,
      groups: [...owners].map(([source, name]) => ({
        name,
        test: (id) => shared.groupOf(id) === source,
      })),
    },
  });
  await bundle.close();
  return files;
}

/** A chunk of another package that is put in has a name with a hash already. */
function nameOf({ name, moduleIds }) {
  const isChunk = moduleIds.some((id) => /[\\/]dist[\\/]chunks[\\/]/.test(id));
  return isChunk ? name.replace(/-[\w-]{8}$/, "") : name;
}
