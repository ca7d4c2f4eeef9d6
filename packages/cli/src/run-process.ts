import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommandLine } from "./run-command-line.ts";
import { processTerminal } from "./terminal.ts";

/**
 * Runs the command line of this process, and ends it as that ended.
 * @param file - what Node.js runs, in dist/ of the package
 */
export async function runProcess(file: string, alreadyRead: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(dirname(file), "..", "package.json"), "utf8")) as {
    readonly version: string;
  };
  const terminal = processTerminal({ version: manifest.version, file }, alreadyRead);
  const code = await runCommandLine(process.argv.slice(2), terminal);
  process.exitCode = code === 0 ? (terminal.exitCode ?? 0) : code;
  terminal.release();
}
