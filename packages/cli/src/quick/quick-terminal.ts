import type { Terminal } from "../terminal.ts";

/** Keeps what is said until it is certain that this is all. */
interface QuickTerminal extends Terminal {
  readonly hasRead: string;
  /** Whether it could be written. If not, nothing was. */
  write(): boolean;
}

const { readSync, writeSync } = process.getBuiltinModule("node:fs");
const LONGEST = 65_536;

/**
 * A terminal of which nothing is opened: the streams of Node.js take longer to load than a token. Ctrl-C ends the
 * process, as nothing has to be tidied up.
 */
export function quickTerminal(env: Terminal["env"]): QuickTerminal {
  let results = "";
  let words = "";
  let hasRead = "";
  return {
    program: { version: "", file: "" },
    env,
    signal: new AbortController().signal,
    // Whoever asks a person asks the whole program.
    isTerminal: false,
    isRich: false,
    columns: undefined,
    out: async (text) => void (results += text),
    say: async (text) => void (words += text),
    tell: async (text) => (words += text) !== "",
    async read(end) {
      const chunk = Buffer.alloc(LONGEST);
      while (!end.test(hasRead) && hasRead.length < LONGEST) {
        const length = readSync(0, chunk);
        if (length === 0) break;
        hasRead += chunk.toString("utf8", 0, length);
      }
      return hasRead;
    },
    endWith() {
      throw new Error("An answer of another kind is the whole program's.");
    },
    get hasRead() {
      return hasRead;
    },
    write() {
      if (!isWritten(1, results)) return false;
      if (words !== "") isWritten(2, words);
      return true;
    },
  };
}

/** A reader that has gone has read what it wanted. */
function isWritten(descriptor: 1 | 2, text: string): boolean {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPIPE") return true;
    if (written === 0) return false;
    // A pipe that is full for now: its stream waits.
    (descriptor === 1 ? process.stdout : process.stderr).write(bytes.subarray(written));
    return true;
  }
}
