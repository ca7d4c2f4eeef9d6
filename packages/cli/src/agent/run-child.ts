import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { UsageError } from "../usage-error.ts";

const FORWARDED: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGCONT"];
// The terminal sends these to the child as well.
const OF_THE_TERMINAL: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];
const NOT_FOUND = 127;
const NOT_RUNNABLE = 126;

export interface ChildOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  onInterrupt(): void;
}

/**
 * Runs a program in this process's place: with its terminal, its signals and its end.
 * @returns the exit code, 128 and the signal's number where a signal ended it
 */
export async function runChild(
  program: string,
  args: readonly string[],
  { env, onInterrupt }: ChildOptions,
): Promise<number> {
  // By number: a look at process.stdin would open it, and a child that shares it could no longer wait for what comes.
  const hasTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  let child: ChildProcess | undefined;
  const listeners = new Map<NodeJS.Signals, () => void>();
  for (const signal of FORWARDED) listeners.set(signal, () => void child?.kill(signal));
  for (const signal of OF_THE_TERMINAL) {
    listeners.set(signal, () => {
      onInterrupt();
      if (!hasTerminal) child?.kill(signal);
    });
  }
  // Before the program is there: a signal that came in between would end this process alone.
  for (const [signal, listener] of listeners) listen(signal, listener);
  try {
    child = spawn(program, args, { env, stdio: "inherit" });
    return await endOf(child, program);
  } finally {
    for (const [signal, listener] of listeners) process.removeListener(signal, listener);
  }
}

function endOf(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      // One that runs may not be reached by a signal: that ends nothing.
      if (child.pid !== undefined) return;
      reject(new ProgramNotStarted(program, error.code));
    });
    child.once("exit", (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}

/** The program could not be started. */
export class ProgramNotStarted extends UsageError {
  /** As shells have it. */
  readonly exitCode: number;

  constructor(program: string, code: string | undefined) {
    const name = JSON.stringify(program.slice(0, 200));
    super(
      code === "ENOENT"
        ? `The program ${name} was not found. Write its name after: entrada run --`
        : `The program ${name} cannot be started (${code ?? "no reason known"}).`,
    );
    this.exitCode = code === "ENOENT" ? NOT_FOUND : NOT_RUNNABLE;
  }
}

// Windows has not all of them.
function listen(signal: NodeJS.Signals, listener: () => void): void {
  try {
    process.on(signal, listener);
  } catch {
    // It cannot arrive, either.
  }
}
