import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { now } from "./run-program.ts";

export interface Answered {
  /** From the call that starts the process to the first that it writes to standard output, or to its end. */
  readonly inMs: number;
  readonly output: string;
}

/** Runs a command that writes its answer to standard output at once. @throws Error where it fails */
export async function untilOutput(
  command: readonly [program: string, ...args: string[]],
  environment: Readonly<Record<string, string>>,
): Promise<Answered> {
  const [program, ...args] = command;
  const startedAt = now();
  const child = spawn(program, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let answeredAt: number | undefined;
  child.stdout.once("data", () => (answeredAt = now()));
  const ended = once(child, "exit").then(() => now());
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${complaint}`);
  return { inMs: (answeredAt ?? (await ended)) - startedAt, output };
}
