import { styleText } from "node:util";

/** Lines for a person, and one line that is written over while something takes its time. */
export interface Terminal {
  /** Whether a person can be looking. */
  readonly isInteractive: boolean;
  readonly print: (line: string) => void;
  /** A line that stands out where the terminal can do that, with an empty one before it. */
  readonly heading: (line: string) => void;
  /** Shows how far something is. The next line is written over it, or under it where the output is no terminal. */
  readonly progress: (line: string) => void;
}

const ERASE_LINE = "\r\u001B[2K";

export function createTerminal(
  out: NodeJS.WriteStream = process.stdout,
  input: { readonly isTTY?: boolean } = process.stdin,
): Terminal {
  let erase = "";
  const write = (line: string, end: string): void => {
    out.write(`${erase}${line}${end}`);
    erase = end === "" ? ERASE_LINE : "";
  };
  return {
    isInteractive: out.isTTY || input.isTTY === true,
    print: (line) => write(line, "\n"),
    heading: (line) => write(`\n${styleText("bold", line, { stream: out })}`, "\n"),
    progress: (line) => write(line, out.isTTY ? "" : "\n"),
  };
}
