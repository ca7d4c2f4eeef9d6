import { throwIfAborted } from "@entrada/core/credential";

const LONGEST = 65_536;

/**
 * What stands on standard input up to where `end` matches, or to its end. Whoever keeps the pipe open afterwards keeps
 * nobody waiting.
 * @throws AbortError as soon as `signal` says so
 */
export async function readInput(end: RegExp, signal: AbortSignal, alreadyRead = ""): Promise<string> {
  let text = alreadyRead;
  if (end.test(text)) return text;
  const leave = (): void => void process.stdin.destroy();
  signal.addEventListener("abort", leave, { once: true });
  try {
    for await (const chunk of process.stdin) {
      text += String(chunk);
      if (end.test(text) || text.length > LONGEST) break;
    }
  } catch {
    // Closed, or not there: nothing was written.
  } finally {
    signal.removeEventListener("abort", leave);
  }
  throwIfAborted(signal);
  return text;
}
