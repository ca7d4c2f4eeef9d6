import { execFileSync } from "node:child_process";
import { constants, openSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { now } from "../measure/run-program.ts";

/** A program that stands for the system's browser: it tells the bench that it was opened, and with what address. */
export interface Browser extends Disposable {
  /** What names it to whoever opens a browser. */
  readonly environment: Readonly<Record<string, string>>;
  /** When it was opened, by `now` of run-program; the oldest first. Emptied by `forget`. */
  readonly openedAt: readonly number[];
  forget(): void;
}

/** @param onOpened is told each address. The program is a shell script: starting it takes a millisecond or two. */
export function createBrowser(folder: string, onOpened: (url: string) => void): Browser {
  const pipe = join(folder, "opened");
  const program = join(folder, "browser");
  execFileSync("mkfifo", [pipe]);
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$1" > '${pipe}'\n`, { mode: 0o755 });
  // Open for writing as well, so that the pipe does not end with the first writer.
  const reader = new Socket({ fd: openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK), writable: false });
  const openedAt: number[] = [];
  createInterface({ input: reader }).on("line", (url) => {
    openedAt.push(now());
    onOpened(url);
  });
  return {
    environment: { BROWSER: program },
    openedAt,
    forget: () => void openedAt.splice(0),
    [Symbol.dispose]: () => void reader.destroy(),
  };
}
