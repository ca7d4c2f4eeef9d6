import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { run } from "../../release/src/run.ts";
import type { Project } from "./project.ts";
import { recipeOf, SCRIPTS } from "./recipes.ts";

const require = createRequire(import.meta.url);
/** What the scripts call, by the name that a reader has it by. */
const PROGRAMS = {
  esbuild: join(dirname(require.resolve("esbuild/package.json")), "bin", "esbuild"),
  postject: join(dirname(require.resolve("postject/package.json")), "dist", "cli.js"),
};

/** Runs a script of docs/bundling.md, as it stands there, for the program of a project; with the cache it has esbuild's flag. */
export async function runScript(
  heading: string,
  index: number,
  { folder, entry, cached }: Project,
  node: string,
): Promise<void> {
  const script = SCRIPTS.get(heading)?.[index];
  if (script === undefined) throw new Error(`docs/bundling.md has no script ${index} under "${heading}"`);
  cpSync(entry, join(folder, "app.mjs"));
  const { withCache } = recipeOf("esbuild");
  const told = cached ? script.replace(" --bundle ", ` --bundle ${withCache} `) : script;
  const environment = { PATH: [dirname(node), programsIn(folder), process.env["PATH"]].join(delimiter) };
  await run("sh", ["-euc", told], { cwd: folder, environment });
}

// Not those of node_modules/.bin: pnpm's have a NODE_PATH, by which esbuild would find what this repository has installed.
function programsIn(folder: string): string {
  const bin = join(folder, "programs");
  mkdirSync(bin, { recursive: true });
  for (const [name, program] of Object.entries(PROGRAMS)) {
    if (!existsSync(join(bin, name))) symlinkSync(program, join(bin, name));
  }
  return bin;
}
