import { spawn } from "node:child_process";
import { once } from "node:events";

export interface ModuleRun {
  readonly module: string;
  /** All of its environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  /** Is told all that is printed so far, and can put lines into the program. */
  readonly follow: (type: (line: string) => void) => (screen: string) => void;
}

export interface ModuleEnd {
  /** `null` for one that had to be ended. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LONGEST_IN_MS = 30_000;

/** Runs a module in a process of its own until it ends by itself, for half a minute at most. */
export async function runModule({ module, env, folder, follow }: ModuleRun): Promise<ModuleEnd> {
  // Some versions of Node.js warn that they run TypeScript.
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", module], {
    cwd: folder,
    env,
    timeout: LONGEST_IN_MS,
    killSignal: "SIGKILL",
  });
  const show = follow((line) => child.stdin.write(`${line}\n`));
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
      show(printed[name]);
    });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...printed };
}
