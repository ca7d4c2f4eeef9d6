import { Argument, type Command } from "commander";
import type { SetupOptions } from "../app-setup/set-up-app.ts";
import { repeatableOption } from "../repeatable-option.ts";
import { sessionCommand } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";

export function appSetupCommand(terminal: Terminal): Command {
  return sessionCommand("app-setup", "Say what an app registration needs, or set it")
    .addArgument(new Argument("<id>", "the application (client) id of the registration"))
    .addOption(
      repeatableOption("--for <way>", "only for this way to sign in: browser, broker or device-code"),
    )
    .option("--apply", "make the changes through Microsoft Graph, after showing them and asking")
    .option("--yes", "with --apply: do not ask")
    .option("--device-code", "with --apply: ask by a code where somebody must sign in")
    .action(async (id: string, options: SetupOptions) => {
      const { setUpApp } = await import("../app-setup/set-up-app.ts");
      return setUpApp(id, options, terminal);
    });
}
