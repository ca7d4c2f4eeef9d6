import { spawnSync } from "node:child_process";

/** Whether a program is on this machine, so that a test of it as it is can run. */
export function isInstalled(program: string, ...args: readonly string[]): boolean {
  const { error, status } = spawnSync(program, args.length > 0 ? args : ["--help"]);
  return error === undefined && (args.length === 0 || status === 0);
}
