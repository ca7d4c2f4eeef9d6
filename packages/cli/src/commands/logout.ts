import type { Command } from "commander";
import { sessionCommand, type SessionOptions } from "../session-options.ts";
import { openSession, silently } from "../session.ts";
import type { Terminal } from "../terminal.ts";

interface LogoutOptions extends SessionOptions {
  readonly all?: boolean;
}

export function logoutCommand(terminal: Terminal): Command {
  return sessionCommand("logout", "Forget a sign-in and its tokens on this machine")
    .option("--all", "forget all accounts of this profile's client")
    .action(async (options: LogoutOptions) => {
      const session = await openSession(options, terminal);
      const { account } = session.profile;
      const leaving = await silently(session, async (credential) => {
        const known = await credential.accounts();
        const all = options.all === true || account === undefined;
        const meant = all
          ? known
          : known.filter(({ homeAccountId }) => homeAccountId === account.homeAccountId);
        for (const record of meant) await credential.signOut(record);
        return meant;
      });
      session.remember(undefined);
      const names = leaving.map(({ username }) => username);
      if (options.json === true) await terminal.out(`${JSON.stringify({ signedOut: names })}\n`);
      await terminal.say(
        names.length === 0 ? "Nobody was signed in.\n" : `Signed out: ${names.join(", ")}.\n`,
      );
    });
}
