import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { quickToken } from "./quick/quick-token.ts";
import { tellError } from "./tell-error.ts";
import type { Terminal } from "./terminal.ts";

/** Runs one command. Never throws: what went wrong is told, and stands in the exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await run(args, terminal);
    return EXIT.ok;
  } catch (error) {
    // The parser has told it, or has shown its help.
    if (isOfParser(error)) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    await tellError(error, terminal, asksForJson(args));
    return exitCodeOf(error);
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<void> {
  const token = quickToken(args);
  if (token !== undefined) {
    const { printToken } = await import("./print-token.ts");
    return printToken(token, terminal);
  }
  const { createProgram } = await import("./program.ts");
  const shown: Promise<void>[] = [];
  const program = createProgram(terminal, (text) => void shown.push(terminal.out(text)));
  try {
    await program.parseAsync([...args], { from: "user" });
  } finally {
    // The parser waits for nothing that it shows, and then throws: that it could not be written says more.
    await Promise.all(shown);
  }
}

// The parser is loaded only where it is needed, so its classes are not here to compare with.
function isOfParser(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}

// What stands behind "--" is another program's.
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).includes("--json");
}
