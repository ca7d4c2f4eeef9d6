import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a program of `test/programs` in a Node of its own, and returns what it printed as JSON. */
export async function run<T>(
  program: string,
  programArguments: readonly (string | number)[] = [],
  nodeArguments: readonly string[] = [],
): Promise<T> {
  const file = fileURLToPath(new URL(`programs/${program}.mjs`, import.meta.url));
  const all = [...nodeArguments, file, ...programArguments.map(String)];
  // What vitest puts into the environment is not to be loaded here.
  const { stdout } = await execute(process.execPath, all, { env: { PATH: process.env.PATH } });
  return JSON.parse(stdout) as T;
}
