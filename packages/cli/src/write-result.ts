import { UsageError } from "./usage-error.ts";

// A reader that has gone has read what it wanted.
const GONE = ["EPIPE", "ECONNRESET", "EBADF"];

/**
 * Writes a result to standard output.
 * @throws UsageError where it leads to a place that takes nothing: a script would go on with an empty file
 */
export async function writeResult(text: string): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const done = (error?: Error | null): void =>
      resolve(error ? ((error as NodeJS.ErrnoException).code ?? "no reason known") : undefined);
    try {
      // Without a listener Node.js would end the process; it is told after the callback, and stays for that.
      process.stdout.on("error", done).write(text, done);
    } catch (error) {
      done(error as Error);
    }
  });
  if (code === undefined || GONE.includes(code)) return;
  throw new UsageError(`Standard output cannot be written (${code}). Let it lead to a place with room.`);
}
