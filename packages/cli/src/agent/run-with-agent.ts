import { OPTION_DEFAULTS } from "@entrada/core/credential";
import { openSession } from "../session.ts";
import type { SessionOptions } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";
import { AgentTokens } from "./agent-tokens.ts";
import { childEnvironment } from "./child-environment.ts";
import { ProgramNotStarted, runChild } from "./run-child.ts";
import { startTokenAgent } from "./token-agent.ts";

export interface RunOptions extends SessionOptions {
  readonly allow?: readonly string[];
  readonly verbose?: boolean;
  readonly deviceCode?: boolean;
}

// A program that goes on asking after it was refused fills no terminal.
const MOST_REFUSALS_TOLD = 20;

/** Runs a program beside an agent that hands out tokens to it alone, and ends as the program ends. */
export async function runWithAgent(
  program: string,
  args: readonly string[],
  options: RunOptions,
  terminal: Terminal,
): Promise<void> {
  const session = await openSession(options, terminal);
  const tokens = new AgentTokens({
    session,
    mayAsk: terminal.isTerminal,
    deviceCode: options.deviceCode === true,
    terminal,
  });
  let refusals = 0;
  const agent = await startTokenAgent({
    clientId: session.profile.clientId ?? OPTION_DEFAULTS.clientId,
    allow: options.allow ?? [],
    tokenFor: (request) => tokens.tokenFor(request),
    onAnswered: (words) => void (options.verbose === true && terminal.say(`entrada: ${words}.\n`)),
    onRefused(words) {
      refusals += 1;
      if (refusals <= MOST_REFUSALS_TOLD) void terminal.say(`entrada: Refused: ${words}.\n`);
    },
  });
  try {
    const env = childEnvironment(terminal.env, agent.environment);
    terminal.endWith(await runChild(program, args, { env, onInterrupt: () => tokens.interrupt() }));
  } catch (error) {
    if (!(error instanceof ProgramNotStarted)) throw error;
    await terminal.say(`${error.message}\n`);
    terminal.endWith(error.exitCode);
  } finally {
    await agent.close();
    await tokens[Symbol.asyncDispose]();
  }
}
