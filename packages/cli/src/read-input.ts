const LONGEST = 65_536;

/**
 * What stands on standard input up to where `end` matches, or to its end. Whoever keeps the pipe open afterwards keeps
 * nobody waiting.
 */
export async function readInput(end: RegExp): Promise<string> {
  let text = "";
  try {
    for await (const chunk of process.stdin) {
      text += String(chunk);
      if (end.test(text) || text.length > LONGEST) break;
    }
  } catch {
    // Closed, or not there: nothing was written.
  }
  return text;
}
