import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../release/src/run.ts";

/** A JavaScript runtime of the npm registry. */
export interface Runtime {
  readonly name: string;
  /** What runs a program, up to its path. */
  readonly command: readonly [program: string, ...args: string[]];
  /** A token that this one alone asks for. */
  readonly resource: string;
  /** Whether a program that runs in it can be told of the emulator's certificate authority. */
  readonly trustsWhileRunning: boolean;
}

const folder = fileURLToPath(new URL("../fetched", import.meta.url));
const at = (...path: string[]): string => join(folder, "node_modules", ...path);

export const DENO = at("@deno", "linux-x64-glibc", "deno");
export const NODE_26 = at("node-26", "bin", "node");

export const RUNTIMES: readonly Runtime[] = [
  node("20", "https://storage.azure.com", false),
  node("22", "https://vault.azure.net", true),
  node("24", "https://cognitiveservices.azure.com", true),
  node("26", "https://management.core.windows.net", true),
  {
    name: "Bun",
    command: [at("@oven", "bun-linux-x64", "bin", "bun"), "run"],
    resource: "https://graph.microsoft.com",
    trustsWhileRunning: true,
  },
  {
    name: "Deno",
    command: [DENO, "run", "--allow-all"],
    resource: "api://entrada-sample",
    trustsWhileRunning: true,
  },
];

/** Installs them by their lock file. None of them runs a script when it is installed. */
export async function fetchRuntimes(): Promise<void> {
  if (RUNTIMES.every(({ command: [program] }) => existsSync(program))) return;
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
}

function node(major: string, resource: string, trustsWhileRunning: boolean): Runtime {
  return {
    name: `Node.js ${major}`,
    command: [at(`node-${major}`, "bin", "node")],
    resource,
    trustsWhileRunning,
  };
}
