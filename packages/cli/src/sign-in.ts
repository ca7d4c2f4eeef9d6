import {
  terminalPrompt,
  type AuthenticationEvent,
  type AuthenticationRecord,
  type PromptEvent,
} from "@entrada/core";
import { CredentialUnavailableError, printable } from "@entrada/core/credential";
import type { AutoCredential } from "@entrada/auto";
import { inCommandWords } from "./command-words.ts";
import { disposing, type Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";

/** How a person is asked. */
export interface SignInChoices {
  readonly deviceCode?: boolean | undefined;
  /** The person signs in on another computer, and brings the browser's answer to this terminal. */
  readonly remote?: boolean | undefined;
  /** False: the page's address is shown and nothing is opened. */
  readonly browser?: boolean | undefined;
  readonly scopes?: string | string[] | undefined;
  /** Of a challenge that the new sign-in has to meet. */
  readonly claims?: string | undefined;
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
    credential.authenticate(choices.scopes, {
      forcePrompt: true,
      abortSignal: terminal.signal,
      ...(choices.claims === undefined ? {} : { claims: choices.claims }),
    }),
  );
  session.remember(record);
  return record;
}

/**
 * A credential that asks at this terminal.
 * @throws CredentialUnavailableError where nobody would read what must be read
 */
export async function askingCredential(
  session: Session,
  choices: SignInChoices,
  terminal: Terminal,
): Promise<AutoCredential> {
  const { deviceCode, remote, browser } = choices;
  const mustRead = deviceCode === true || remote === true || browser === false;
  const { thisMachine } = await import("@entrada/core/surroundings");
  // Node.js opens the null device where standard error is closed: whatever is written there seems to be written.
  const leadsSomewhere = thisMachine.stderr?.() !== "nothing";
  const written = await terminal.tell(`Signing in with the profile ${session.name}.\n`);
  if (mustRead && !(written && leadsSomewhere))
    throw new CredentialUnavailableError({
      code: "unsupported",
      detail: "not_shown",
      what: "What the person has to read could not be written to standard error",
      remedy: "Let standard error lead to a terminal",
    });
  const { AutoCredential } = await import("@entrada/auto");
  const { authenticationRecord: _record, loginHint: _hint, ...credential } = session.credential;
  return new AutoCredential({
    ...credential,
    onEvent: await narrator(choices, terminal),
    // The narrator shows the code.
    ...(deviceCode === true ? { userPromptCallback: () => {} } : {}),
    ...(deviceCode === true ? { signIn: ["device-code" as const] } : {}),
    ...(choices.hint === undefined ? {} : { loginHint: choices.hint }),
    ...(choices.timeoutInMs === undefined ? {} : { timeoutInMs: choices.timeoutInMs }),
    ...(remote === true ? { signIn: ["browser" as const], answerBy: "paste" as const } : {}),
    // The narrator shows the address.
    ...(browser === false && remote !== true ? { openBrowser: () => {} } : {}),
  });
}

/** Tells the person where to look, how long the sign-in waits, and how it ended. */
async function narrator(
  { deviceCode, browser }: SignInChoices,
  terminal: Terminal,
): Promise<(event: AuthenticationEvent) => void> {
  const show = terminalPrompt();
  // Loaded before there is something to show: the picture stands above the words, and the code last.
  const { qrCode } = deviceCode === true && terminal.isRich ? await import("./qr-code.ts") : {};
  return (event) => {
    if (event.type === "fallback")
      void terminal.say(`Going on with the ${event.to}: ${inCommandWords(event.reason)}\n`);
    // The page alone: a picture with the code in it could be sent to somebody else, who would sign in by a glance.
    const picture =
      event.type === "prompt" && event.url !== undefined ? qrCode?.(event.url, terminal) : undefined;
    if (picture !== undefined) void terminal.say(picture);
    if (browser !== false || event.type !== "prompt" || event.answerBy === "paste") return show(event);
    // Nothing is opened: the person opens the page, and is not sent to look for it. What comes after is told as ever.
    void terminal.say(pageToOpen(event));
    show({ ...event, answerBy: "paste" });
  };
}

function pageToOpen({ url = "", expiresOn }: PromptEvent): string {
  const end = expiresOn?.toTimeString().slice(0, "00:00".length);
  const wait = end === undefined ? "" : `The sign-in waits until ${end}.\n`;
  return `To sign in, open this page in a browser on this computer:\n${printable(url)}\n${wait}`;
}
