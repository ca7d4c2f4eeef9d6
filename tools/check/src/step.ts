import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url));

/** How a step is run. */
export interface StepOptions {
  /** Which lines of its output are shown while it runs. Default: none, and all of them where it failed. */
  readonly show?: (line: string) => boolean;
  /** Added to the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs one command line at the root, and says how it ended and how long it took. @returns whether it succeeded */
export async function step(name: string, command: string, options: StepOptions = {}): Promise<boolean> {
  const started = performance.now();
  const child = spawn(command, {
    cwd: ROOT,
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on("line", (line) => {
      if (options.show === undefined) output.push(line);
      else if (options.show(line)) console.log(line);
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (code !== 0 && output.length > 0) console.log(output.join("\n"));
  return code === 0;
}
