import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** `script` of util-linux gives a program a terminal of its own; its namesake elsewhere takes other options. */
export const hasTerminals: boolean = process.platform === "linux";

/** A program at a pseudo-terminal. */
export interface InTerminal {
  /** All that the terminal has shown so far. */
  readonly shown: string;
  /** What the person types or pastes. */
  type(text: string): void;
  /** Waits until the terminal has shown this, and takes it away from what is waited for next. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** The program's end: its exit code, and whether the terminal's modes are again what they were. */
  readonly end: Promise<{ readonly code: number; readonly restored: boolean }>;
}

// What a key of the terminal signals, the shell gets, too: it says so, and goes on.
const SHELL =
  'trap "echo heard:INT" INT; trap "echo heard:QUIT" QUIT; stty -g; "$NODE" $MODULE --eval "$PROGRAM"; code=$?; echo; stty -g; echo "exit:$code:"';

/** Bun, where this machine has it: its bundler is one of those that are tried. */
export const BUN: string | undefined = bun();

/** Runs the text of a module. */
export function runInTerminal(program: string, env: NodeJS.ProcessEnv = {}): InTerminal {
  const { CI: _ci, BROWSER: _browser, DISPLAY: _display, ...inherited } = process.env;
  const child = spawn("script", ["--quiet", "--flush", "--command", SHELL, "/dev/null"], {
    env: {
      ...inherited,
      NODE: process.execPath,
      MODULE: "--input-type=module",
      PROGRAM: program,
      SHELL: "/bin/sh",
      TERM: "xterm",
      ...env,
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let shown = "";
  let seen = 0;
  const waiting = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    shown += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const until = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const onClose = (): void => {
        waiting.delete(look);
        reject(new Error(`The terminal never showed ${pattern}. It showed:\n${shown}`));
      };
      const look = (): void => {
        const found = pattern.exec(shown.slice(seen));
        if (found === null) return;
        seen += found.index + found[0].length;
        waiting.delete(look);
        child.removeListener("close", onClose);
        resolve(found);
      };
      waiting.add(look);
      child.once("close", onClose);
      look();
    });
  const end = new Promise<{ code: number; restored: boolean }>((resolve) => {
    child.once("close", () => {
      const [before, after] = shown.match(/^[0-9a-f]+(:[0-9a-f]+){10,}\r?$/gm) ?? [];
      const on = shown.split("\u001b[?2004h").length;
      const off = shown.split("\u001b[?2004l").length;
      const code = Number(/exit:(\d+):/.exec(shown)?.[1] ?? -1);
      resolve({ code, restored: before !== undefined && before.trim() === after?.trim() && on <= off });
    });
  });
  return {
    get shown() {
      return shown;
    },
    type: (text) => void child.stdin.write(text),
    until,
    end,
  };
}

function bun(): string | undefined {
  const bundles = createRequire(new URL("../../../../tools/bundles/package.json", import.meta.url));
  try {
    return join(dirname(bundles.resolve("@oven/bun-linux-x64/package.json")), "bin", "bun");
  } catch {
    return undefined; // it is for another machine
  }
}
