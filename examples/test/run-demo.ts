import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const DEMO = fileURLToPath(new URL("../demo/demo.ts", import.meta.url));
// What would decide for the demo where it runs.
const SURROUNDINGS = [
  "CI",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "BROWSER",
  "SSH_CONNECTION",
  "SSH_CLIENT",
  "SSH_TTY",
];
export const LONGEST_IN_MS = 60_000;

export interface DemoOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the last output to the end of the process. */
  readonly lingeredInMs: number;
}

/** Runs the demo in a process of its own, without a terminal. `onOutput` is told everything so far. */
export function runDemo(
  args: readonly string[],
  {
    env = {},
    onOutput,
  }: { env?: NodeJS.ProcessEnv; onOutput?: (stdout: string, stop: () => void) => void } = {},
): Promise<DemoOutcome> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !SURROUNDINGS.includes(name)),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [DEMO, ...args], {
      env: { ...inherited, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LONGEST_IN_MS,
    });
    let [stdout, stderr] = ["", ""];
    let last = performance.now();
    let ended = Infinity;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      last = performance.now();
      onOutput?.(stdout, () => child.kill("SIGINT"));
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      last = performance.now();
    });
    child.once("error", reject);
    child.once("exit", () => {
      ended = performance.now();
    });
    child.once("close", (code) => resolve({ code, stdout, stderr, lingeredInMs: Math.max(0, ended - last) }));
  });
}
