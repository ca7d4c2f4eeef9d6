import type { Command } from "commander";
import type { RunOptions } from "../agent/run-with-agent.ts";
import { repeatableOption } from "../repeatable-option.ts";
import { sessionCommand } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";

export function runCommand(terminal: Terminal): Command {
  return sessionCommand("run", "Run a program whose Azure SDK gets its tokens from the stored sign-in")
    .usage("[options] -- <program> [arguments...]")
    .addOption(
      repeatableOption(
        "--allow <resource>",
        "hand out tokens for this resource alone; may be given several times",
      ),
    )
    .option("--device-code", "ask by a code where somebody must sign in")
    .option("--verbose", "say on standard error what is asked for")
    .argument("<program>", "the program")
    .argument("[arguments...]", "its arguments")
    .passThroughOptions()
    .action(async (program: string, args: readonly string[], options: RunOptions) => {
      const { runWithAgent } = await import("../agent/run-with-agent.ts");
      return runWithAgent(program, args, options, terminal);
    });
}
