import type { Command } from "commander";
import { SIGN_IN_WITH } from "../login-words.ts";
import { sessionCommand, type SessionOptions } from "../session-options.ts";
import { openSession, silently } from "../session.ts";
import type { Terminal } from "../terminal.ts";

export function accountsCommand(terminal: Terminal): Command {
  return sessionCommand("accounts", "List who is signed in").action(async (options: SessionOptions) => {
    const session = await openSession(options, terminal);
    const accounts = await silently(session, (credential) => credential.accounts());
    if (options.json === true) return terminal.out(`${JSON.stringify(accounts, undefined, 2)}\n`);
    if (accounts.length === 0)
      return terminal.say(`Nobody is signed in. ${SIGN_IN_WITH}${session.login()}\n`);
    const current = session.profile.account?.homeAccountId;
    const lines = accounts.map(
      ({ username, tenantId, homeAccountId }) =>
        `${homeAccountId === current ? "*" : " "} ${username}  ${tenantId}\n`,
    );
    return terminal.out(lines.join(""));
  });
}
