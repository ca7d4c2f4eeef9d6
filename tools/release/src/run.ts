import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export interface RunOptions {
  readonly cwd: string;
  /** Beside this process's own. `undefined` takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a program to its end and returns what it wrote to its standard output.
 * @throws Error with all that it wrote, where it ends otherwise than with 0
 */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const child = spawn(program, [...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    // Programs of node_modules/.bin are batch files there.
    shell: process.platform === "win32",
  });
  const [out, error, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null, string | null]>,
  ]);
  if (code === 0) return out;
  throw new Error(`${[program, ...args].join(" ")} ended with ${code ?? signal}\n${out}${error}`);
}
