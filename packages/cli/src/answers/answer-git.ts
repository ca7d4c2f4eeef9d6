import { isAuthenticationRequired } from "@entrada/core/credential";
import { openSession, storedToken } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { tokenForProgram, type ProgramOptions, type ProgramToken } from "./token-for-program.ts";

const AZURE_DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798/.default";
// A blank line ends what git says of a credential; it may keep the pipe open.
const END = /(?:^|\n)\r?\n/;

/**
 * Answers git's credential protocol for Azure DevOps: `get`, `erase` and `capability`. There is nothing to store, and
 * other hosts get no answer, so that git goes on with its next helper.
 */
export async function answerGit(
  operation: string,
  options: ProgramOptions,
  terminal: Terminal,
): Promise<void> {
  if (operation === "capability") return terminal.out("version 0\ncapability authtype\n");
  if (operation !== "get" && operation !== "erase") return;
  const asked = attributesIn(await terminal.read(END));
  // A token is not sent without encryption.
  if (asked.get("protocol")?.[0] !== "https" || !isAzureDevOps(asked.get("host")?.[0] ?? "")) return;
  if (operation === "erase") return erase(asked, options, terminal);
  const mayAsk = terminal.isTerminal && terminal.env["GIT_TERMINAL_PROMPT"] !== "0";
  const answer = await tokenForProgram(AZURE_DEVOPS, mayAsk, options, terminal);
  return terminal.out(answerOf(asked, answer));
}

/** The server has refused this token: another one takes its place, so that git gets it the next time. */
async function erase(
  asked: ReadonlyMap<string, readonly string[]>,
  options: ProgramOptions,
  terminal: Terminal,
): Promise<void> {
  const refused = asked.get("credential")?.[0] ?? asked.get("password")?.[0];
  const session = await openSession(options, terminal);
  const { signal: abortSignal } = terminal;
  try {
    const { token } = await storedToken(session, AZURE_DEVOPS, { abortSignal });
    // One that another process has renewed since has not been refused.
    if (refused !== undefined && refused !== token) return;
    // A challenge without claims asks for nothing but a new token.
    await storedToken(session, AZURE_DEVOPS, { abortSignal, claims: "{}" });
  } catch (error) {
    // Nobody is signed in: there is nothing to erase.
    if (!isAuthenticationRequired(error)) throw error;
  }
}

function isAzureDevOps(host: string): boolean {
  const name = host.toLowerCase().replace(/:443$/, "");
  return name === "dev.azure.com" || /^[\w.-]+\.(?:dev\.azure|visualstudio)\.com$/.test(name);
}

function answerOf(asked: ReadonlyMap<string, readonly string[]>, { session, token }: ProgramToken): string {
  const expiry = `password_expiry_utc=${Math.floor(token.expiresOnTimestamp / 1000)}`;
  // Since git 2.46 a helper may say how a credential is sent; for earlier ones the token is a password.
  const lines = asked.get("capability[]")?.includes("authtype")
    ? ["capability[]=authtype", "authtype=Bearer", `credential=${token.token}`, "ephemeral=1", expiry]
    : [
        `username=${asked.get("username")?.[0] || (session.profile.account?.username ?? "entrada")}`,
        `password=${token.token}`,
        expiry,
      ];
  return lines.map((line) => `${line}\n`).join("");
}

function attributesIn(text: string): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ""] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    attributes.set(name, [...(attributes.get(name) ?? []), value]);
  }
  return attributes;
}
