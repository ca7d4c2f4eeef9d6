import { Option, type Command } from "commander";
import { sessionCommand, type SessionOptions } from "../session-options.ts";
import { openSession, storedToken } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { TOKEN_OUTPUTS, tokenText, type TokenOutput } from "../token-output.ts";
import { UsageError } from "../usage-error.ts";

export interface TokenOptions extends SessionOptions {
  readonly scope?: readonly string[];
  readonly resource?: string;
  readonly claimsChallenge?: string;
  readonly output: TokenOutput;
  readonly azShim?: string;
}

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
        const { writeShim } = await import("../write-shim.ts");
        const place = writeShim(options.azShim, "az", ["az"], terminal.program.file);
        return terminal.say(
          `Put ${place} first on PATH: programs that call az account get-access-token then use this sign-in.\n`,
        );
      }
      return printToken({ ...options, output: options.json === true ? "json" : options.output }, terminal);
    });
}

export async function printToken(options: TokenOptions, terminal: Terminal): Promise<void> {
  const scopes = scopesOf(options);
  const claims = claimsOf(options.claimsChallenge);
  const session = await openSession(options, terminal);
  const token = await storedToken(session, scopes, {
    abortSignal: terminal.signal,
    ...(claims === undefined ? {} : { claims }),
  });
  await terminal.out(tokenText(token, options.output, session.profile.account?.tenantId ?? options.tenant));
}

function scopesOf({ scope, resource }: TokenOptions): readonly string[] {
  if (scope !== undefined && resource !== undefined) {
    throw new UsageError("Give --scope or --resource, not both.");
  }
  if (resource !== undefined) return [`${resource.replace(/\/$/, "")}/.default`];
  return scope ?? ["https://management.azure.com/.default"];
}

// A WWW-Authenticate header has them in base64.
function claimsOf(text: string | undefined): string | undefined {
  if (text === undefined || text.trim().startsWith("{")) return text;
  return Buffer.from(text, "base64").toString();
}
