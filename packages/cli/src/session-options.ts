import { Command, Option } from "commander";

/** What every command takes that works with a sign-in. */
export interface SessionOptions {
  readonly profile?: string;
  readonly tenant?: string;
  readonly clientId?: string;
  readonly authorityHost?: string;
  readonly unencryptedCache?: boolean;
  readonly json?: boolean;
}

/** A command with these options. */
export function sessionCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("-p, --profile <name>", "the profile to use (ENTRADA_PROFILE, else default)")
    .option("-t, --tenant <tenant>", "the tenant: its id, its domain, organizations, common or consumers")
    .option("--client-id <id>", "the application (client) id")
    .option("--authority-host <url>", "the authority (AZURE_AUTHORITY_HOST, else the public cloud)")
    .addOption(new Option("--unencrypted-cache", "store tokens without encryption where there is no keyring"))
    .option("--json", "results, and errors on standard error, as JSON");
}
