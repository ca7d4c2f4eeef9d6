import type { ReadStream } from "node:tty";

/** Where a question is answered, while nobody else listens. */
export interface TerminalInput {
  readonly stream: ReadStream;
  /** Whoever has listened to standard input before does so again. */
  release(): void;
}

/**
 * Takes the terminal of standard input: by a handle of its own, so that nobody else who listens keeps what is read, and
 * it is given back when it has been read.
 */
export function takeTerminal(): TerminalInput {
  const wasFlowing = process.stdin.readableFlowing === true;
  process.stdin.pause();
  const { stream, release } = process.versions["bun"] === undefined ? ownHandle() : standardInput();
  return {
    stream,
    release() {
      release();
      if (wasFlowing) process.stdin.resume();
    },
  };
}

function ownHandle(): TerminalInput {
  const { ReadStream } = process.getBuiltinModule("node:tty");
  const stream = new ReadStream(0);
  return { stream, release: () => void stream.destroy() };
}

// Bun reads on behind a handle that was destroyed, and ends no process before the next line has come: there standard
// input itself is read, and who listens to it besides is put aside.
function standardInput(): TerminalInput {
  const { stdin } = process;
  const others = stdin.listeners("data") as ((chunk: Buffer) => void)[];
  stdin.removeAllListeners("data");
  return {
    stream: stdin,
    release() {
      stdin.pause();
      for (const other of others) stdin.on("data", other);
    },
  };
}
