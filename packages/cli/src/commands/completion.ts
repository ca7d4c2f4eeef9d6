import { Argument, Command } from "commander";
import type { Terminal } from "../terminal.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
type Shell = (typeof SHELLS)[number];

export function completionCommand(terminal: Terminal): Command {
  const completion = new Command("completion")
    .description("Print what a shell needs to complete commands and options")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action(async (shell: Shell) => {
      const { commandTree } = await import("../completion/command-tree.ts");
      const script = await SCRIPTS[shell]();
      await terminal.out(script(commandTree(completion.parent ?? completion)));
    });
  return completion;
}

const SCRIPTS = {
  bash: async () => (await import("../completion/bash-script.ts")).bashScript,
  zsh: async () => (await import("../completion/zsh-script.ts")).zshScript,
  fish: async () => (await import("../completion/fish-script.ts")).fishScript,
  powershell: async () => (await import("../completion/powershell-script.ts")).powershellScript,
};
