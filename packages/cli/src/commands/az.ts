import { Command } from "commander";
import type { Terminal } from "../terminal.ts";

interface AzOptions {
  readonly resource?: string;
  readonly scope?: readonly string[];
  readonly tenant?: string;
  readonly claimsChallenge?: string;
}

/** What programs ask the Azure CLI for, in its words. */
export function azCommand(terminal: Terminal): Command {
  const token = new Command("get-access-token")
    .allowUnknownOption()
    .allowExcessArguments()
    .option("--resource <resource>")
    .option("--scope <scope...>")
    .option("-t, --tenant <tenant>")
    .option("--claims-challenge <text>")
    .option("-o, --output <form>")
    .action(async (options: AzOptions) => {
      const { printToken } = await import("../print-token.ts");
      return printToken({ ...options, output: "az" }, terminal);
    });
  return new Command("az").addCommand(new Command("account").addCommand(token));
}
