import { answerGit } from "../answers/answer-git.ts";
import { answerKubectl } from "../answers/answer-kubectl.ts";
import { printToken } from "../print-token.ts";
import type { Terminal } from "../terminal.ts";
import { isMoreNeeded } from "./more-needed.ts";
import { quickTerminal } from "./quick-terminal.ts";
import { quickToken } from "./quick-token.ts";

export interface QuickAnswer {
  /** If not, nothing was written, and the whole program has its turn. */
  readonly isDone: boolean;
  /** What stood on standard input, which nobody can read again. */
  readonly read: string;
}

/**
 * Answers what a look at the stored tokens is enough for. It is bundled by itself, with all that it needs and nothing
 * else: programs ask for tokens again and again, in a new process each time.
 */
export async function quickAnswer(args: readonly string[]): Promise<QuickAnswer> {
  const work = workOf(args);
  if (work === undefined) return { isDone: false, read: "" };
  const terminal = quickTerminal(process.env);
  let isDone = false;
  try {
    await work(terminal);
    isDone = !isMoreNeeded() && terminal.write();
  } catch {
    // The whole program comes to the same end, and says so.
  }
  return { isDone, read: terminal.hasRead };
}

const GIT = "credential-helper git get";
const KUBECTL = "credential-helper kubectl";

function workOf(args: readonly string[]): ((terminal: Terminal) => Promise<void>) | undefined {
  const token = quickToken(args);
  if (token !== undefined) return (terminal) => printToken(token, terminal);
  // As they stand in a configuration. With options the parser reads them.
  const words = args.join(" ");
  if (words === GIT) return (terminal) => answerGit("get", {}, terminal);
  if (words === KUBECTL) return (terminal) => answerKubectl({}, terminal);
  return undefined;
}
