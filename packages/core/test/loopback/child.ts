import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A process of its own that runs a module text against the sources; the sources need a Node that reads TypeScript. */
export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line it prints. */
  nextLine(): Promise<string>;
  /** Exit code or signal, and everything on stderr. */
  readonly end: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly stderr: string;
  }>;
}

export const canRunSources: boolean = Boolean((process.features as { typescript?: unknown }).typescript);

export function runModule(
  text: string,
  options: { readonly env?: NodeJS.ProcessEnv; readonly args?: readonly string[] } = {},
): Child {
  const child = spawn(process.execPath, [...(options.args ?? []), "--input-type=module", "--eval", text], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: options.env ?? process.env,
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const end = new Promise<Awaited<Child["end"]>>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, stderr }));
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    process: child,
    end,
    async nextLine() {
      const { done, value } = await lines.next();
      if (done === true) throw new Error(`The process ended without another line. ${stderr}`);
      return value;
    },
  };
}
