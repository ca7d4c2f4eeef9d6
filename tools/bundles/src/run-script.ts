import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { run } from "../../release/src/run.ts";
import type { Project } from "./project.ts";
import { recipeOf, SCRIPTS } from "./recipes.ts";

const require = createRequire(import.meta.url);
const bin = join(dirname(require.resolve("../package.json")), "node_modules", ".bin");

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
  const environment = { PATH: [dirname(node), bin, process.env["PATH"]].join(delimiter) };
  await run("sh", ["-euc", told], { cwd: folder, environment });
}
