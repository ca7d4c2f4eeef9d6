import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "./linked-tree.ts";

/** Builds what the programs of the chain import; at once where nothing has changed. @throws Error with what turbo says. */
export function buildPackages(): void {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [
      join(repository, "node_modules", "turbo", "bin", "turbo"),
      "run",
      "build",
      "--filter=@entrada/examples^...",
      "--output-logs=errors-only",
      "--ui=stream",
    ],
    { cwd: repository, encoding: "utf8" },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`The packages were not built:\n${stdout}${stderr}`);
}
