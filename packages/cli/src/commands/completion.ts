import { Argument, Command } from "commander";
import type { Terminal } from "../terminal.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
type Shell = (typeof SHELLS)[number];

export function completionCommand(terminal: Terminal): Command {
  const completion = new Command("completion")
    .description("Print what a shell needs to complete commands and options")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action(async (shell: Shell) => {
      const { commandTree, completionScripts } = await import("../completion/completion-scripts.ts");
      await terminal.out(completionScripts[shell](commandTree(completion.parent ?? completion)));
    });
  return completion;
}
