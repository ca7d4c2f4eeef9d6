import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface Child {
  readonly process: ChildProcess;
  readonly lines: Interface;
  /** The first line it writes. */
  readonly firstLine: Promise<string>;
  /** All it writes, once it has ended. */
  readonly output: Promise<string>;
  readonly exitCode: Promise<number | null>;
}

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The user it runs as; only root can choose. */
  readonly uid?: number;
  /** Put before the command. */
  readonly under?: readonly string[];
}

/** Starts a program of this folder in a process of its own, which ends with the test. */
export function startChild(name: string, args: readonly string[], options: ChildOptions = {}): Child {
  const script = fileURLToPath(new URL(`../children/${name}.ts`, import.meta.url));
  const [command, ...rest] = [...(options.under ?? []), process.execPath, script, ...args];
  const child = spawn(command!, rest, {
    stdio: ["pipe", "pipe", "inherit"],
    env: options.env ?? process.env,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  let output = "";
  lines.on("line", (line) => (output += `${line}\n`));
  const exitCode = once(child, "close").then(([code]) => code as number | null);
  return {
    process: child,
    lines,
    firstLine: once(lines, "line").then(([line]) => line as string),
    output: exitCode.then(() => output),
    exitCode,
  };
}

/** Runs such a program to its end; it answers with one line of JSON. */
export async function runChild<T>(
  name: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<T> {
  return JSON.parse(await startChild(name, args, options).output) as T;
}
