import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

/** A program of `bench/programs` in a process of its own. */
export interface ProgramOptions {
  /** The folder of an installed application: what the program imports comes from there. */
  readonly application: string;
  /** Its file in `programs`, without the ending. */
  readonly program: string;
  readonly arguments?: readonly string[];
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with each line that the program says while it runs. */
  readonly onSaid?: (line: SaidLine) => void;
  /** Gives the program a line of input when it settles: what it is to wait for has happened. */
  readonly go?: Promise<unknown>;
  /** Ends the program: what is to be measured has happened. */
  readonly enough?: AbortSignal;
}

/**
 * What a program says: a mark, when (ms since its process was started), how much CPU time its process took until then,
 * and figures of its own.
 */
export interface SaidLine {
  readonly mark: string;
  readonly atInMs: number;
  readonly cpuInMs: number;
  readonly [figure: string]: unknown;
}

export interface ProgramRun {
  /** From the call that starts the process to its end. */
  readonly wallInMs: number;
  /** When it was started, by `now`. */
  readonly startedAt: number;
  readonly said: readonly SaidLine[];
  /** When it said so, in ms since the process was started. @throws Error where it never did */
  at(mark: string): number;
  /** How much CPU time its process had taken when it said so. @throws Error where it never did */
  cpuAt(mark: string): number;
  /** A figure that it said. @throws Error where it never did */
  figure(mark: string, name: string): number;
}

/** @throws Error with what the program wrote to standard error when it fails. */
export function runProgram(options: ProgramOptions): Promise<ProgramRun> {
  const { application, program, nodeArguments = [], onSaid, go, enough } = options;
  const file = join(application, "programs", `${program}.mjs`);
  const startedAt = now();
  const child = spawn(process.execPath, [...nodeArguments, file, ...(options.arguments ?? [])], {
    cwd: application,
    env: { ...bareEnvironment(), ...options.environment },
    stdio: [go ? "pipe" : "ignore", "pipe", "pipe"],
  });
  const said: SaidLine[] = [];
  createInterface({ input: child.stdout! }).on("line", (text) => {
    const line = parse(text, startedAt);
    if (!line) return;
    said.push(line);
    onSaid?.(line);
  });
  void go?.then(() => child.stdin?.end("go\n"));
  let complaint = "";
  child.stderr!.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  enough?.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });
  let endedAt = 0;
  child.on("exit", () => (endedAt = now()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code !== 0 && !enough?.aborted)
        reject(new Error(`${program} ended with ${code ?? signal}:\n${complaint}`));
      else resolve({ wallInMs: endedAt - startedAt, startedAt, said, ...lookUps(program, said) });
    });
  });
}

/** The clock that all processes of the machine share, in ms, to the microsecond. It only moves forward. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function lookUps(program: string, said: readonly SaidLine[]): Pick<ProgramRun, "at" | "cpuAt" | "figure"> {
  const find = (mark: string): SaidLine => {
    const line = said.find((each) => each.mark === mark);
    if (!line) throw new Error(`${program} never said "${mark}"`);
    return line;
  };
  return {
    at: (mark) => find(mark).atInMs,
    cpuAt: (mark) => find(mark).cpuInMs,
    figure: (mark, name) => {
      const value = find(mark)[name];
      if (typeof value !== "number") throw new TypeError(`${program} gave no figure "${name}" at "${mark}"`);
      return value;
    },
  };
}

// Libraries print to standard output, too: only lines of ours count.
function parse(text: string, startedAt: number): SaidLine | undefined {
  if (!text.startsWith('{"mark":')) return undefined;
  const { at, ...rest } = JSON.parse(text) as { at: number; cpuInMs: number; mark: string };
  return { ...rest, atInMs: at - startedAt };
}

// What a shell or a package runner has put there would slow every process down, or change what is measured.
function bareEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "", LANG = "C.UTF-8" } = process.env;
  return { PATH, HOME, LANG };
}
