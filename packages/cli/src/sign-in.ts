import type { AuthenticationRecord } from "@entrada/core";
import type { AutoCredential } from "@entrada/auto";
import { disposing, type Session } from "./session.ts";
import { signInNarrator } from "./sign-in-narrator.ts";
import type { Terminal } from "./terminal.ts";

/** How a person is asked. */
export interface SignInChoices {
  readonly deviceCode?: boolean | undefined;
  /** False: the page's address is shown and nothing is opened. */
  readonly browser?: boolean | undefined;
  readonly scopes?: string | string[] | undefined;
  readonly hint?: string | undefined;
  readonly timeoutInMs?: number | undefined;
}

/** Asks the person at this terminal to sign in, and remembers who has. */
export async function signIn(
  session: Session,
  choices: SignInChoices,
  terminal: Terminal,
): Promise<AuthenticationRecord> {
  const asking = await askingCredential(session, choices, terminal);
  const record = await disposing(asking, (credential) =>
    credential.authenticate(choices.scopes, { forcePrompt: true, abortSignal: terminal.signal }),
  );
  session.remember(record);
  return record;
}

/** A credential that asks at this terminal. */
export async function askingCredential(
  session: Session,
  choices: SignInChoices,
  terminal: Terminal,
): Promise<AutoCredential> {
  const { AutoCredential } = await import("@entrada/auto");
  const { authenticationRecord: _record, loginHint: _hint, ...credential } = session.credential;
  return new AutoCredential({
    ...credential,
    onEvent: signInNarrator(terminal),
    // The prompt's event has shown the code.
    ...(choices.deviceCode === true ? { userPromptCallback: () => {} } : {}),
    ...(choices.deviceCode === true ? { signIn: ["device-code" as const] } : {}),
    ...(choices.hint === undefined ? {} : { loginHint: choices.hint }),
    ...(choices.timeoutInMs === undefined ? {} : { timeoutInMs: choices.timeoutInMs }),
    // The prompt's event has shown the address.
    ...(choices.browser === false ? { openBrowser: () => {} } : {}),
  });
}
