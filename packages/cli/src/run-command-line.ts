import { CommanderError } from "commander";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { tellError } from "./tell-error.ts";
import type { Terminal } from "./terminal.ts";

/** Runs one command. Never throws: what went wrong is told, and stands in the exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync([...args], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    // The parser has told it, or has shown its help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    await tellError(error, terminal, asksForJson(args));
    return exitCodeOf(error);
  }
}

// What stands behind "--" is another program's.
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).includes("--json");
}
