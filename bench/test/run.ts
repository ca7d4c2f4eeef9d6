import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

export interface RunOptions {
  readonly arguments?: readonly (string | number)[];
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program of `test/programs` in a Node of its own, and returns what it printed as JSON. */
export async function run<T>(program: string, options: RunOptions = {}): Promise<T> {
  const file = fileURLToPath(new URL(`programs/${program}.mjs`, import.meta.url));
  const all = [...(options.nodeArguments ?? []), file, ...(options.arguments ?? []).map(String)];
  // What vitest puts into the environment is not to be loaded here.
  const { stdout } = await execute(process.execPath, all, {
    env: { PATH: process.env.PATH, ...options.environment },
  });
  return JSON.parse(stdout) as T;
}
