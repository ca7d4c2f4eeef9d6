import type { ReadStream } from "node:tty";
import { type Keystroke, Keystrokes } from "./keystrokes.ts";
import { takeTerminal, type TerminalInput } from "./terminal-input.ts";

/** A terminal at which one question is open. */
export interface OpenTerminal {
  /** Leaves the terminal as it was found. */
  close(): void;
}

export interface TerminalHearers {
  readonly text: (text: string) => void;
  /** The person ends the question, or the terminal has gone. */
  readonly end: () => void;
  /** The person looks at the terminal again, which another program has had, or this one for something else. */
  readonly again: () => void;
}

const BRACKETED = { on: "\u001b[?2004h", off: "\u001b[?2004l" };
const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** Reads from the terminal of standard input without showing what is read: what is pasted signs a person in. */
export function openTerminal(hearers: TerminalHearers): OpenTerminal {
  return new TerminalSession(takeTerminal(), hearers);
}

class TerminalSession implements OpenTerminal {
  readonly #taken: TerminalInput;
  readonly #input: ReadStream;
  readonly #hearers: TerminalHearers;
  readonly #keystrokes = new Keystrokes();
  #closed = false;

  constructor(taken: TerminalInput, hearers: TerminalHearers) {
    this.#taken = taken;
    this.#input = taken.stream;
    this.#hearers = hearers;
    this.#enter();
    this.#input.on("data", this.#onData).on("error", hearers.end).on("end", hearers.end).resume();
    process.on("exit", this.#leave);
    process.on("SIGCONT", this.#onContinue);
    for (const signal of ENDING_SIGNALS) process.prependListener(signal, this.#onSignal);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#deaf();
    process.removeListener("exit", this.#leave);
    process.removeListener("SIGCONT", this.#onContinue);
    this.#leave();
    const { end } = this.#hearers;
    this.#input.removeListener("data", this.#onData).removeListener("error", end).removeListener("end", end);
    this.#taken.release();
  }

  readonly #onData = (chunk: Buffer): void => {
    for (const stroke of this.#keystrokes.read(chunk)) this.#hear(stroke);
  };

  #hear(stroke: Keystroke): void {
    if (this.#closed) return;
    switch (stroke.kind) {
      case "text":
        return this.#hearers.text(stroke.text);
      case "end":
        return this.#hearers.end();
      case "suspend":
        this.#leave();
        return raiseForAll("SIGTSTP");
      case "interrupt":
        return raiseForAll("SIGINT");
      case "quit":
        return raiseForAll("SIGQUIT");
    }
  }

  #enter(): void {
    this.#input.setRawMode(true);
    show(BRACKETED.on);
  }

  readonly #leave = (): void => {
    show(BRACKETED.off);
    this.#input.setRawMode(false);
  };

  // Whoever was stopped finds the terminal as the shell has left it.
  readonly #onContinue = (): void => {
    this.#input.setRawMode(false);
    this.#enter();
    this.#hearers.again();
  };

  /**
   * Node restores a terminal's modes on some signals, but knows nothing of bracketed paste. Our listener must not change
   * what the signal does: where it is the only one the process ends as if there were none, and where there are others
   * they decide, and find no listener of ours beside them.
   */
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    show("\n");
    this.#leave();
    this.#deaf();
    if (process.listenerCount(signal) === 0) return raise(signal);
    setImmediate(() => {
      if (this.#closed) return;
      for (const each of ENDING_SIGNALS) process.prependListener(each, this.#onSignal);
      this.#enter();
      this.#hearers.again();
    });
  };

  #deaf(): void {
    for (const signal of ENDING_SIGNALS) process.removeListener(signal, this.#onSignal);
  }
}

/** What a terminal does that is not told to hand all keys on: whatever stands in front with this process gets the signal. */
function raiseForAll(signal: NodeJS.Signals): void {
  if (process.platform === "win32") return raise(signal);
  process.kill(0, signal);
}

function raise(signal: NodeJS.Signals): void {
  // Windows has no signals: `kill` would end the process without asking whoever listens.
  if (process.platform === "win32" && process.emit(signal, signal)) return;
  process.kill(process.pid, signal);
}

// At once, and also while the process ends. Where standard error is no terminal these letters would be noise.
function show(sequence: string): void {
  const { isatty } = process.getBuiltinModule("node:tty");
  if (!isatty(2) || ["", "dumb"].includes(process.env["TERM"] ?? "")) return;
  try {
    process.getBuiltinModule("node:fs").writeSync(2, sequence);
  } catch {
    // The terminal has gone, or takes nothing now: it is only about convenience.
  }
}
