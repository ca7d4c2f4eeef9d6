import { Command } from "commander";
import { accountsCommand } from "./commands/accounts.ts";
import { appSetupCommand } from "./commands/app-setup.ts";
import { azCommand } from "./commands/az.ts";
import { answerProgramsCommand } from "./commands/answer-programs.ts";
import { completionCommand } from "./commands/completion.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { explainCommand } from "./commands/explain.ts";
import { loginCommand } from "./commands/login.ts";
import { logoutCommand } from "./commands/logout.ts";
import { runCommand } from "./commands/run.ts";
import { tokenCommand } from "./commands/token.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The program with all its commands. Each command is a file of its own in `commands/`: a function that makes it for a
 * terminal, and imports what it works with when it is run, so that no command waits for what another one needs.
 * @param show - writes what the parser answers by itself: the help and the version
 */
export function createProgram(terminal: Terminal, show: (text: string) => void): Command {
  const program = new Command("entrada")
    .description("Sign in to Azure at the terminal once, and hand tokens to scripts and programs")
    .version(terminal.program.version)
    .enablePositionalOptions()
    .addCommand(loginCommand(terminal))
    .addCommand(tokenCommand(terminal))
    .addCommand(accountsCommand(terminal))
    .addCommand(logoutCommand(terminal))
    .addCommand(runCommand(terminal))
    .addCommand(answerProgramsCommand(terminal))
    .addCommand(doctorCommand(terminal))
    .addCommand(explainCommand(terminal))
    .addCommand(appSetupCommand(terminal))
    .addCommand(completionCommand(terminal))
    .addCommand(azCommand(terminal), { hidden: true });
  for (const command of allOf(program)) {
    command.exitOverride().configureOutput({
      writeOut: show,
      writeErr: (text) => void terminal.say(text),
    });
  }
  return program;
}

function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}
