import type { AuthenticationRequiredError } from "@entrada/core/credential";
import type { SessionOptions } from "./session-options.ts";

/** What signing in by the profile alone would not bring. */
export interface NeededOfSignIn {
  readonly scopes?: readonly string[] | undefined;
  readonly claims?: string | undefined;
}

/** How a hint of ours begins that names the command; what follows can be pasted as it is. */
export const SIGN_IN_WITH = "Sign in with: ";

const MANAGEMENT = "https://management.azure.com/.default";
// Whoever signs in at all has these cured; for the others the page must ask for the very thing that was refused.
const CURED_BY_ANY = new Set<string | undefined>(["no_account", "account_not_found"]);

/**
 * The command that signs in for what another command was asked for: with the same profile, tenant, client and authority,
 * and for the same resource and claims where the refusal was about these.
 */
export function loginWords(options: SessionOptions, { scopes = [], claims }: NeededOfSignIn = {}): string {
  const { profile, tenant, clientId, authorityHost, unencryptedCache } = options;
  const given = [
    ["--profile", profile],
    ["--tenant", tenant],
    ["--client-id", clientId],
    ["--authority-host", authorityHost],
    ["--scope", scopes.length === 0 || scopes.join() === MANAGEMENT ? undefined : scopes.join(" ")],
    // In base64 they need no quotes in any shell.
    ["--claims-challenge", claims === undefined ? undefined : Buffer.from(claims).toString("base64")],
  ] as const;
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [name, quoted(value)]));
  const store = unencryptedCache === true ? ["--unencrypted-cache"] : [];
  return ["entrada login", ...words, ...store].join(" ");
}

/** What a sign-in that cures this refusal must ask for. */
export function neededBy({ detail, scopes, claims }: AuthenticationRequiredError): NeededOfSignIn {
  return CURED_BY_ANY.has(detail) && claims === undefined ? {} : { scopes, claims };
}

function quoted(value: string): string {
  if (/^[\w.:/@+=,-]+$/.test(value)) return value;
  return `"${value.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`;
}
