import { claimsOfOption } from "./claims-of-option.ts";
import type { SessionOptions } from "./session-options.ts";
import { openSession, storedToken } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { tokenText, type TokenOutput } from "./token-output.ts";
import { UsageError } from "./usage-error.ts";

export interface TokenOptions extends SessionOptions {
  readonly scope?: readonly string[];
  readonly resource?: string;
  readonly claimsChallenge?: string;
  readonly output: TokenOutput;
  readonly azShim?: string;
}

/**
 * Prints a token of the stored sign-in.
 * @param form - what is made of the text before it is written
 */
export async function printToken(
  options: TokenOptions,
  terminal: Terminal,
  form: (text: string) => string = (text) => text,
): Promise<void> {
  const scopes = scopesOf(options);
  const claims = claimsOfOption(options.claimsChallenge);
  const session = await openSession(options, terminal);
  const token = await storedToken(session, scopes, {
    abortSignal: terminal.signal,
    ...(claims === undefined ? {} : { claims }),
  });
  const tenant = session.profile.account?.tenantId ?? options.tenant;
  await terminal.out(form(tokenText(token, options.output, tenant)));
}

function scopesOf({ scope, resource }: TokenOptions): readonly string[] {
  if (scope !== undefined && resource !== undefined) {
    throw new UsageError("Give --scope or --resource, not both.");
  }
  if (resource !== undefined) return [`${resource.replace(/\/$/, "")}/.default`];
  return scope ?? ["https://management.azure.com/.default"];
}
