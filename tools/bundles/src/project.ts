import { cpSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../release/src/run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const programs = fileURLToPath(new URL("../program/", import.meta.url));

/** A project with the packed packages in its node_modules, as whoever installs them has it. */
export interface Project {
  readonly folder: string;
  /** The program to be bundled. */
  readonly entry: string;
  /** Whether what the page says of a program with a token cache is set, too. */
  readonly cached: boolean;
}

/** Packs what this repository has built of these packages. */
export async function packAll(folder: string, names: readonly string[]): Promise<void> {
  const packed = join(folder, "packed");
  mkdirSync(packed, { recursive: true });
  for (const name of names) {
    await run("pnpm", ["pack", "--pack-destination", packed], { cwd: join(root, "packages", name) });
  }
}

/** Installs what is packed, and other packages, as npm does for everybody. */
export async function installPacked(
  folder: string,
  project: string,
  others: readonly string[],
): Promise<void> {
  const packed = join(folder, "packed");
  const tarballs = globSync("*.tgz", { cwd: packed }).map((name) => join(packed, name));
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...tarballs, ...others], {
    cwd: project,
  });
}

/** A project in a folder of its own, once with each program. */
export async function installProjects(
  folder: string,
): Promise<{ readonly plain: Project; readonly cached: Project; readonly unset: Project }> {
  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await installPacked(folder, project, []);
  for (const name of ["sign-in.mjs", "sign-in-once.mjs"]) cpSync(join(programs, name), join(project, name));
  const cached = { folder: project, entry: join(project, "sign-in-once.mjs") };
  return {
    plain: { folder: project, entry: join(project, "sign-in.mjs"), cached: false },
    cached: { ...cached, cached: true },
    unset: { ...cached, cached: false },
  };
}
