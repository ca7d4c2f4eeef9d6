import type { AccessToken } from "@entrada/core";
import { isAuthenticationRequired } from "@entrada/core/credential";
import { openSession, storedToken, type Session } from "../session.ts";
import type { SessionOptions } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";

export interface ProgramOptions extends SessionOptions {
  readonly deviceCode?: boolean;
}

export interface ProgramToken {
  readonly session: Session;
  readonly token: AccessToken;
}

/**
 * A token for a program that has asked through its helper: that of the stored sign-in, or, where a person is at this
 * terminal and may be asked, of a new one.
 */
export async function tokenForProgram(
  scope: string,
  mayAsk: boolean,
  options: ProgramOptions,
  terminal: Terminal,
): Promise<ProgramToken> {
  const session = await openSession(options, terminal);
  const stored = async (using: Session): Promise<ProgramToken> => ({
    session: using,
    token: await storedToken(using, scope, { abortSignal: terminal.signal }),
  });
  try {
    return await stored(session);
  } catch (error) {
    if (!mayAsk || !isAuthenticationRequired(error)) throw error;
  }
  const { signIn } = await import("../sign-in.ts");
  await signIn(session, { deviceCode: options.deviceCode, scopes: scope }, terminal);
  return stored(await openSession(options, terminal));
}
