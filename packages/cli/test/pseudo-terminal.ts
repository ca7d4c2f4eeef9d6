import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { BIN, type Stage } from "./stage.ts";

/** Whether this machine has the program that makes pseudo-terminals. */
export const hasPseudoTerminal: boolean = spawnSync("script", ["--version"]).status === 0;

export interface AtTerminal {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** Behind the command, as a shell has it: `>/dev/full`. */
  readonly redirect?: string;
  /** Told all that stands there, whenever that is more. */
  readonly onShown?: (text: string, press: (keys: string) => void) => void;
  /** Told once how to press keys, for what shows nothing while it waits. */
  readonly onBegun?: (press: (keys: string) => void) => void;
}

export const CTRL_C = "\u0003";

/** Runs the built command at a pseudo-terminal, and returns its exit code and what stood there. */
export async function atTerminal(
  stage: Stage,
  args: readonly string[],
  { env = {}, columns = 80, redirect = "", onShown, onBegun }: AtTerminal = {},
): Promise<{ readonly code: number; readonly shown: string }> {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", `stty cols ${columns}; ${words} ${redirect}`, "/dev/null"], {
    env: { ...stage.environment(), TERM: "xterm-256color", LC_ALL: "C.UTF-8", ...env },
  });
  const press = (keys: string): void => void child.stdin.write(keys);
  onBegun?.(press);
  let shown = "";
  child.stdout.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
    onShown?.(shown, press);
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, shown };
}
