import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

/** A Node.js on this machine. */
export interface NodeRuntime {
  /** `20.19.0` */
  readonly version: string;
  readonly path: string;
}

const folder = fileURLToPath(new URL("../nodes", import.meta.url));

/**
 * One Node of each major version to try the packages with: this one, the oldest that is supported of each line (from
 * the npm registry, by a lock file), and those on the PATH.
 */
export async function findNodes(): Promise<readonly NodeRuntime[]> {
  if (process.platform === "linux" && process.arch === "x64" && !existsSync(join(folder, "node_modules"))) {
    await run("npm", ["ci", "--ignore-scripts"], { cwd: folder });
  }
  const fetched = ["node-20", "node-22"].map((name) => join(folder, "node_modules", name, "bin", "node"));
  const onPath = (process.env["PATH"] ?? "").split(delimiter).map((place) => join(place, "node"));
  const byMajor = new Map<string, NodeRuntime>();
  for (const path of [process.execPath, ...fetched, ...onPath]) {
    const version = versionOf(path);
    const major = version?.split(".")[0];
    if (version !== undefined && major !== undefined && !byMajor.has(major))
      byMajor.set(major, { version, path });
  }
  return [...byMajor.values()].toSorted((a, b) =>
    a.version.localeCompare(b.version, "en", { numeric: true }),
  );
}

/** The environment in which programs find this Node first. */
export function environmentOf(node: NodeRuntime): Readonly<Record<string, string>> {
  return { PATH: `${dirname(node.path)}${delimiter}${process.env["PATH"] ?? ""}` };
}

function versionOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}
