import { cpSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../release/src/run.ts";

const YARN = createRequire(import.meta.url).resolve("@yarnpkg/cli-dist/bin/yarn.js");
const program = fileURLToPath(new URL("../program/sign-in-once.mjs", import.meta.url));

/** What a program is started by where Yarn has put no node_modules: it finds packages in their archives. */
export const YARN_NODE = [process.execPath, YARN, "node"] as const;

/** Installs the packed packages as Yarn does of its own accord: without node_modules, and without a package's scripts. */
export async function installYarnPnp(folder: string): Promise<string> {
  const project = join(folder, "yarn-pnp");
  mkdirSync(project);
  const packed = join(folder, "packed");
  const ours = Object.fromEntries(
    globSync("*.tgz", { cwd: packed }).map((file) => {
      const name = basename(file).replace(/^entrada-(.+?)-\d.*$/, "@entrada/$1");
      return [name, `file:${join(packed, file)}`];
    }),
  );
  const manifest = { private: true, type: "module", dependencies: ours, resolutions: ours };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  const registry = (await run("npm", ["config", "get", "registry"], { cwd: project })).trim();
  const settings = {
    nodeLinker: "pnp",
    enableScripts: false,
    enableTelemetry: false,
    enableImmutableInstalls: false,
    enableGlobalCache: false,
    npmRegistryServer: registry,
    unsafeHttpWhitelist: [new URL(registry).hostname],
  };
  // JSON is YAML.
  writeFileSync(join(project, ".yarnrc.yml"), JSON.stringify(settings));
  // Where a project begins: a folder above may be somebody's with settings of its own.
  writeFileSync(join(project, "yarn.lock"), "");
  // Yarn reads no setting of npm's; the system knows the authority of a company's registry.
  await run(process.execPath, ["--use-system-ca", YARN, "install"], { cwd: project });
  cpSync(program, join(project, basename(program)));
  return project;
}
