import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder with programs that stand in for browsers; it is gone after the test. */
export interface FakeBrowsers {
  readonly folder: string;
  /**
   * Adds a program that appends the number of its arguments and the arguments to its log, a line each, and then runs
   * `then` (shell).
   * @returns Its full path.
   */
  add(name: string, then?: string): string;
  /** The calls so far, each with its arguments. */
  calls(name: string): readonly (readonly string[])[];
}

/** The programs are shell scripts, so that a thousand of them start in seconds. */
export const canFakeBrowsers: boolean = process.platform !== "win32";

export function fakeBrowsers(): FakeBrowsers {
  const folder = mkdtempSync(join(tmpdir(), "entrada browsers "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = (name: string): string => join(folder, `${name}.log`);
  return {
    folder,
    add(name, then = "exit 0") {
      const file = join(folder, name);
      writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$#" "$@" >> '${log(name)}'\n${then}\n`);
      chmodSync(file, 0o755);
      return file;
    },
    calls(name) {
      if (!existsSync(log(name))) return [];
      const lines = readFileSync(log(name), "utf8").split("\n").slice(0, -1);
      const calls: string[][] = [];
      while (lines.length > 0) calls.push(lines.splice(0, Number(lines.shift())));
      return calls;
    },
  };
}
