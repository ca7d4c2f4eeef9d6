import { Option, type Command } from "commander";
import type { TokenOptions } from "../print-token.ts";
import { sessionCommand } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";
import { TOKEN_OUTPUTS } from "../token-output.ts";
import { writeShim } from "../write-shim.ts";

export function tokenCommand(terminal: Terminal): Command {
  return sessionCommand("token", "Print a token of the stored sign-in; asks nobody")
    .option("-s, --scope <scope...>", "what the token is for, such as https://management.azure.com/.default")
    .option("-r, --resource <resource>", "the same as a resource, such as https://management.azure.com")
    .option("--claims-challenge <text>", "the claims of a challenge, as they came or decoded")
    .addOption(new Option("-o, --output <form>", "how to print it").choices(TOKEN_OUTPUTS).default("token"))
    .option(
      "--az-shim <folder>",
      "write a program az into this folder that answers az account get-access-token",
    )
    .action(async (options: TokenOptions) => {
      if (options.azShim !== undefined) {
        const place = writeShim(options.azShim, "az", ["az"], terminal.program.file);
        return terminal.say(
          `Put ${place} first on PATH: programs that call az account get-access-token then use this sign-in.\n`,
        );
      }
      const { printToken } = await import("../print-token.ts");
      return printToken({ ...options, output: options.json === true ? "json" : options.output }, terminal);
    });
}
