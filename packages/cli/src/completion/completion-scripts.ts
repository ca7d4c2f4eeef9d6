import { bashScript } from "./bash-script.ts";
import type { TreeCommand } from "./command-tree.ts";
import { fishScript } from "./fish-script.ts";
import { powershellScript } from "./powershell-script.ts";
import { zshScript } from "./zsh-script.ts";

export { commandTree } from "./command-tree.ts";

/** What each shell needs to complete commands and options: one file where it is published, read when one asks. */
export const completionScripts: Readonly<
  Record<"bash" | "zsh" | "fish" | "powershell", (tree: TreeCommand) => string>
> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};
