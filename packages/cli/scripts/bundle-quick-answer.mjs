// Writes dist/quick-answer.cjs, in the package's folder: all that a stored token is got with, from these packages and
// without them, in one file of the kind that loads fastest. What asks a person or the network, and what writes, is not
// in it: see src/quick/more-needed.ts.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { entryPoints } from "../../../tools/build/entry-points.mjs";
import { faithful } from "../../../tools/build/faithful.mjs";
import { findPlaces, PLACES } from "../../../tools/build/required-modules.mjs";

const folder = resolve(import.meta.dirname, "..");
const OWN = /^@entrada\/([\w-]+)(?:\/(.+))?$/;
// Always loaded: in one file.
const TOGETHER = ["/cache/src/index.ts", "/core/src/index.ts", "/cached-engine.ts", "/open-file-cache.ts"];
// Loaded where they are needed, and too small for a file of their own: one takes a block of the disk.
const SMALL = ["/key-file.ts", "/keyring-key-store.ts"];
const LATER = [
  "@entrada/cache",
  "@entrada/core",
  ...TOGETHER,
  "/wrapped-key-store.ts",
  "/key-file.ts",
  "/keyring-key-store.ts",
  "/secret-service-key-store.ts",
];
const MORE = "\0more-needed";

/** The source behind an entry point of one of these packages. */
function sourceOf(name, entry = "index") {
  const place = join(folder, "..", name);
  const source = entryPoints(JSON.parse(readFileSync(join(place, "package.json"), "utf8")))[entry];
  if (source === undefined) throw new Error(`@entrada/${name} has no entry point ${entry}`);
  return join(place, source);
}

const bundle = await rolldown({
  cwd: folder,
  input: "./src/quick/quick-answer.ts",
  platform: "neutral",
  transform: { target: "node20.19", define: PLACES },
  plugins: [
    {
      name: "only-what-is-stored",
      resolveId(id, _importer, { kind }) {
        if (
          kind === "dynamic-import" &&
          !id.startsWith("@napi-rs/") &&
          !LATER.some((end) => id.endsWith(end))
        )
          return MORE;
        const [, name, entry] = OWN.exec(id) ?? [];
        if (name !== undefined) return sourceOf(name, entry);
        return /^[./]|^[a-z]:/i.test(id) ? undefined : { id, external: true };
      },
      load: (id) =>
        id === MORE
          ? `import { needMore } from ${JSON.stringify(join(folder, "src/quick/more-needed.ts"))};\nneedMore();`
          : undefined,
    },
    ...faithful(folder),
  ],
  onLog(_level, log) {
    throw new Error(`quick-answer: ${log.message}`);
  },
});
const { output } = await bundle.write({
  dir: join(folder, "dist"),
  format: "cjs",
  entryFileNames: "quick-answer.cjs",
  chunkFileNames: "quick/[name]-[hash].cjs",
  dynamicImportInCjs: false,
  sourcemap: false,
  comments: { legal: false, annotation: true, jsdoc: false },
  codeSplitting: {
    groups: [
      {
        name: "stored",
        test: (id) => [...TOGETHER, ...SMALL, "/quick-answer.ts"].some((end) => id.endsWith(end)),
      },
    ],
  },
  plugins: [findPlaces()],
});
await bundle.close();
console.log(`quick answer: ${output.map(({ fileName, code }) => `${fileName} ${code.length}`).join(", ")}`);
