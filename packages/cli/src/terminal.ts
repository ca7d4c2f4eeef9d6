import { AbortError } from "@entrada/core/credential";
import { writeToPerson } from "@entrada/core/surroundings";
import { writeResult } from "./write-result.ts";
import { readInput } from "./read-input.ts";

/** What a command talks to: results go to standard output, words for people to standard error. */
export interface Terminal {
  /** Which program this is: its version, and the file that Node.js runs. */
  readonly program: { readonly version: string; readonly file: string };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether a person sees standard error at once, and whether it understands more than plain lines. */
  readonly isTerminal: boolean;
  readonly isRich: boolean;
  /** How wide it is, where that is known. */
  readonly columns: number | undefined;
  /** Writes a result; see `writeResult`. */
  out(text: string): Promise<void>;
  /** Writes words for a person. */
  say(text: string): Promise<void>;
  /** The same; whether they were written. */
  tell(text: string): Promise<boolean>;
  /** What is on standard input up to where `end` matches, or to its end. */
  read(end: RegExp): Promise<string>;
  /** Ends the process with this code once the command is done, where that says more than "done". */
  endWith(exitCode: number): void;
}

interface ProcessTerminal extends Terminal {
  readonly exitCode: number | undefined;
  release(): void;
}

/**
 * The terminal of this process. `release` lets the process end as it would without it.
 * @param alreadyRead - what was taken from standard input before
 */
export function processTerminal(program: Terminal["program"], alreadyRead = ""): ProcessTerminal {
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort(new AbortError(interrupted.signal));
  process.once("SIGINT", interrupt);
  const { env } = process;
  let exitCode: number | undefined;
  const isTerminal = process.stderr?.isTTY === true;
  return {
    program,
    env,
    signal: interrupted.signal,
    isTerminal,
    isRich: isTerminal && env["TERM"] !== "dumb" && (env["NO_COLOR"] ?? "") === "",
    columns: isTerminal ? process.stderr.columns : undefined,
    tell: (text) => writeToPerson(text),
    out: writeResult,
    say: async (text) => void (await writeToPerson(text)),
    read: (end) => readInput(end, interrupted.signal, alreadyRead),
    endWith: (code) => void (exitCode = code),
    get exitCode() {
      return exitCode;
    },
    release: () => void process.removeListener("SIGINT", interrupt),
  };
}
