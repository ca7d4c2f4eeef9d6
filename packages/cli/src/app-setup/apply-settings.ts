import { isAuthenticationRequired, printable, resolveSettings } from "@entrada/core/credential";
import { nodeHttpsTransport } from "@entrada/core/http";
import { GraphClient } from "../registration/graph-client.ts";
import { graphOf } from "../registration/graph.ts";
import { openSession, storedToken, type Session } from "../session.ts";
import type { SessionOptions } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { changeTo, type NeededSettings } from "./needed-settings.ts";

export interface ApplyOptions extends SessionOptions {
  readonly deviceCode?: boolean;
  /** The person has said yes already. */
  readonly yes?: boolean;
}

/** Changes a registration through Microsoft Graph, after the person has seen the difference and has agreed. */
export async function applySettings(
  clientId: string,
  needed: NeededSettings,
  options: ApplyOptions,
  terminal: Terminal,
): Promise<void> {
  const session = await openSession(options, terminal);
  const { loginHint: _, ...credential } = session.credential;
  const graph = graphOf(resolveSettings(credential, {}, {}).authorityHost);
  const scope = `${graph.resource}/Application.ReadWrite.All`;
  const token = await tokenFor(scope, session, options, terminal);
  const transport = nodeHttpsTransport({ env: terminal.env });
  try {
    const client = new GraphClient(graph, token, transport, terminal.signal);
    const present = await client.registration(clientId);
    if (present === undefined)
      throw new UsageError(
        `This tenant has no app registration ${clientId}. Give its client id, and its tenant by --tenant.`,
      );
    const change = changeTo(needed, present);
    if (change === undefined)
      return await tell(options, terminal, false, `${printable(present.displayName)}: nothing is missing.`);
    await terminal.say(
      `${printable(present.displayName)} (${clientId}):\n${change.lines.map((line) => `  ${printable(line)}\n`).join("")}`,
    );
    if (options.yes !== true && !(await agrees(terminal)))
      return await tell(options, terminal, false, "Nothing was changed.");
    await client.change(present.id, change.body);
    await tell(options, terminal, true, "Changed.");
  } finally {
    transport.close();
  }
}

async function tokenFor(
  scope: string,
  session: Session,
  { deviceCode, ...options }: ApplyOptions,
  terminal: Terminal,
): Promise<string> {
  const asked = { abortSignal: terminal.signal };
  try {
    return (await storedToken(session, scope, asked)).token;
  } catch (error) {
    if (!terminal.isTerminal || !isAuthenticationRequired(error)) throw error;
  }
  const { signIn } = await import("../sign-in.ts");
  await signIn(session, { deviceCode, scopes: scope }, terminal);
  return (await storedToken(await openSession(options, terminal), scope, asked)).token;
}

async function agrees(terminal: Terminal): Promise<boolean> {
  if (!terminal.isTerminal)
    throw new UsageError("There is no terminal to ask at. Add --yes where these changes are meant.");
  await terminal.say("Make these changes? [y/N] ");
  return /^\s*y(?:es)?\s*$/i.test(await terminal.read(/\n/));
}

async function tell(
  { json }: ApplyOptions,
  terminal: Terminal,
  changed: boolean,
  words: string,
): Promise<void> {
  if (json === true) await terminal.out(`${JSON.stringify({ changed })}\n`);
  await terminal.say(`${words}\n`);
}
