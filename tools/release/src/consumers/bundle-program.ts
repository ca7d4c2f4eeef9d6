import { build } from "esbuild";
import type { ConsumerProject } from "./consumer-project.ts";

/** Modules of the CommonJS kind inside a bundle of ES modules find `require` by this, as esbuild's manual says. */
const REQUIRE = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/** Bundles a program of a project with all that it imports, as applications are shipped. Returns the bundle's name. */
export async function bundleProgram(
  project: ConsumerProject,
  program: string,
  format: "esm" | "cjs",
): Promise<string> {
  const name = `${program.replace(/\.mjs$/, "")}.bundle.${format === "esm" ? "mjs" : "cjs"}`;
  const { warnings, metafile } = await build({
    absWorkingDir: project.path("."),
    entryPoints: [program],
    outfile: name,
    bundle: true,
    minify: true,
    keepNames: true,
    metafile: true,
    platform: "node",
    target: "node20",
    format,
    ...(format === "esm" && { banner: { js: REQUIRE } }),
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
  const open = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external),
  );
  const strangers = open
    .map(({ path }) => path)
    .filter((path) => !/^(node:|[a-z_/0-9]+$)/.test(path) || path.startsWith("@"));
  if (strangers.length > 0) throw new Error(`The bundle still needs ${strangers.join(", ")}`);
  return name;
}
