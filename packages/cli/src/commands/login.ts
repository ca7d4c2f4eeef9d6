import type { Command } from "commander";
import { claimsOfOption } from "../claims-of-option.ts";
import { sessionCommand, type SessionOptions } from "../session-options.ts";
import { openSession, silently } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface LoginOptions extends SessionOptions {
  readonly deviceCode?: boolean;
  readonly remote?: boolean;
  readonly browser: boolean;
  readonly scope?: string;
  readonly hint?: string;
  readonly timeout?: string;
  readonly claimsChallenge?: string;
}

export function loginCommand(terminal: Terminal): Command {
  return sessionCommand("login", "Sign in, and stay signed in for the other commands")
    .option("--device-code", "show a code to enter on another device")
    .option("--remote", "sign in with a browser on another computer, and paste the address at which it ends")
    .option("--no-browser", "show the page's address and open nothing")
    .option("--scope <scopes>", "what to consent to, such as https://graph.microsoft.com/User.Read")
    .option("--claims-challenge <text>", "the claims of a challenge to meet, as they came or decoded")
    .option("--hint <name>", "the user name to suggest")
    .option("--timeout <seconds>", "how long to wait for the person")
    .action(async (options: LoginOptions) => login(options, terminal));
}

async function login(options: LoginOptions, terminal: Terminal): Promise<void> {
  const { deviceCode, remote, browser, hint, scope, timeout, claimsChallenge } = options;
  if (deviceCode === true && remote === true)
    throw new UsageError("Give --device-code or --remote, not both.");
  const timeoutInMs = timeout === undefined ? undefined : secondsOf(timeout) * 1000;
  const claims = claimsOfOption(claimsChallenge);
  const session = await openSession(options, terminal);
  // What cannot be stored is told before a person has signed in for nothing.
  await silently(session, (credential) => credential.accounts());
  const { signIn } = await import("../sign-in.ts");
  const choices = { deviceCode, remote, browser, hint, scopes: scope, claims, timeoutInMs };
  const record = await signIn(session, choices, terminal);
  if (options.json === true) await terminal.out(`${JSON.stringify(record, undefined, 2)}\n`);
}

function secondsOf(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`--timeout takes a number of seconds, not ${JSON.stringify(text.slice(0, 40))}.`);
}
