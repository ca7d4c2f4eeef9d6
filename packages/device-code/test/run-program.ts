import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface ProgramRun {
  readonly lines: readonly Record<string, unknown>[];
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface ProgramOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where standard error leads. @defaultValue a pipe that is read */
  readonly stderr?: "pipe" | "ignore" | "closed" | number;
  /** Called with each JSON object that the program prints. */
  readonly onLine?: (line: Record<string, unknown>) => void;
  /** Called with all that the program has written to standard error, each time there is more. */
  readonly onStderr?: (text: string) => void;
}

/** Runs one of `programs/` in a Node process of its own. */
export async function runProgram(name: string, options: ProgramOptions = {}): Promise<ProgramRun> {
  const program = fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));
  const { stderr: to = "pipe" } = options;
  const child = spawn(process.execPath, [program, ...(options.args ?? [])], {
    env: { ...withoutCi(process.env), NODE_OPTIONS: "", ...options.env },
    stdio: ["ignore", "pipe", to === "closed" ? "pipe" : to],
  });
  if (to === "closed") child.stderr?.destroy();
  const lines: Record<string, unknown>[] = [];
  let stderr = "";
  createInterface(child.stdout!).on("line", (text) => {
    const line = JSON.parse(text) as Record<string, unknown>;
    lines.push(line);
    options.onLine?.(line);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    options.onStderr?.(stderr);
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { lines, stderr, exitCode };
}

// These tests may be a CI job; what they run is none unless it is said.
function withoutCi({
  CI: _ci,
  GITHUB_ACTIONS: _github,
  TF_BUILD: _azure,
  GITLAB_CI: _gitlab,
  ...env
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}
