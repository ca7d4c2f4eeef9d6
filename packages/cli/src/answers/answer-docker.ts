import { isAuthenticationRequired } from "@entrada/core/credential";
import { inCommandWords } from "../command-words.ts";
import { EXIT, exitCodeOf } from "../exit-codes.ts";
import { signInHint } from "../tell-error.ts";
import type { Terminal } from "../terminal.ts";
import { exchangeForRegistry } from "./exchange-for-registry.ts";
import { tokenForProgram, type ProgramOptions } from "./token-for-program.ts";

export interface DockerOptions extends ProgramOptions {
  /** Hosts beside those of Azure Container Registry that are registries of Azure. */
  readonly registry?: readonly string[];
}

/** The user name that Azure Container Registry takes a refresh token with. */
const TOKEN_USER = "00000000-0000-0000-0000-000000000000";
const REGISTRY_SCOPE = "https://containerregistry.azure.net/.default";
const SUFFIXES = [".azurecr.io", ".azurecr.us", ".azurecr.cn"];
// Docker knows its clients' refusals by these words.
const NOT_FOUND = "credentials not found in native keychain";

/**
 * Answers Docker's credential helper protocol for Azure Container Registry. Errors stand on standard output, as that
 * protocol has it. Nobody is asked: Docker calls its helpers in the middle of other work, and some callers wait for ever.
 */
export async function answerDocker(
  operation: string,
  options: DockerOptions,
  terminal: Terminal,
): Promise<void> {
  switch (operation) {
    case "version":
      return terminal.out(`entrada ${terminal.program.version}\n`);
    case "list": {
      const known = (options.registry ?? []).map((host) => [host, TOKEN_USER] as const);
      return terminal.out(`${JSON.stringify(Object.fromEntries(known))}\n`);
    }
    case "get":
      return get(options, terminal);
    case "erase":
      return;
    case "store":
      return store(options, terminal);
    default:
      return refuse(`unknown operation ${JSON.stringify(operation.slice(0, 40))}`, EXIT.usage, terminal);
  }
}

async function get(options: DockerOptions, terminal: Terminal): Promise<void> {
  const server = (await terminal.read(/\n/)).trim();
  const registry = registryOf(server, options.registry ?? []);
  if (registry === undefined) return refuse(NOT_FOUND, EXIT.refused, terminal);
  try {
    const { session, token } = await tokenForProgram(REGISTRY_SCOPE, false, options, terminal);
    const tenant = session.profile.account?.tenantId;
    const secret = await exchangeForRegistry(registry, token.token, tenant, terminal.signal);
    return await terminal.out(
      `${JSON.stringify({ ServerURL: server, Username: TOKEN_USER, Secret: secret })}\n`,
    );
  } catch (error) {
    if (!isAuthenticationRequired(error))
      return refuse(inCommandWords((error as Error).message), exitCodeOf(error), terminal);
    await terminal.say(`Nobody is signed in for this registry. ${signInHint(error)}\n`);
    return refuse(NOT_FOUND, EXIT.refused, terminal);
  }
}

// `docker login` stores what it was given: that of our own registries is not needed.
async function store(options: DockerOptions, terminal: Terminal): Promise<void> {
  const { ServerURL: server } = objectIn(await terminal.read(/\}\s*$/));
  if (typeof server === "string" && registryOf(server, options.registry ?? []) !== undefined) return;
  return refuse("this helper only has credentials of Azure Container Registry", EXIT.refused, terminal);
}

/** The host of a registry that a token of this person may be sent to. */
function registryOf(server: string, others: readonly string[]): string | undefined {
  const address = /^[a-z]+:\/\//i.test(server) ? server : `https://${server}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  const known = SUFFIXES.some((suffix) => host.endsWith(suffix)) || others.includes(host);
  return protocol === "https:" && known ? host : undefined;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // No registry is named: refused by the caller.
  }
}

async function refuse(words: string, exitCode: number, terminal: Terminal): Promise<void> {
  terminal.endWith(exitCode);
  return terminal.out(`${words}\n`);
}
