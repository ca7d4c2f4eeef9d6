import { printable } from "../errors/printable.ts";
import { type Asked, signIn, timeLeft } from "../terminal/prompt-words.ts";
import { canLink, terminalLink } from "../terminal/terminal-link.ts";

export interface PasteAsked extends Asked {
  readonly url: string;
  readonly redirectUri: string;
}

/** What a person reads who is to bring the browser's answer by hand. */
export function pasteWords(
  { applicationName, expiresOn, url, redirectUri }: PasteAsked,
  env: Readonly<Record<string, string | undefined>>,
  now: number,
): readonly string[] {
  const shown = printable(url);
  return [
    `To ${signIn(applicationName)}, open this page in a browser on any computer:`,
    canLink(env) ? terminalLink(shown) : shown,
    `It ends at an address that begins with ${redirectUri}, where the browser may find no page.`,
    // Who has that address is signed in as the person.
    "Copy that whole address and paste it here, and nowhere else; it is not shown.",
    ...timeLeft("The sign-in waits", expiresOn, now),
  ];
}

export const PASTE_HERE = "Address: ";
export const PASTE_TAKEN = "Taken. Signing in ...";
/** For a developer: why nothing was asked. */
export const PASTE_WAITS = "Another sign-in was asking for its address at this terminal.";
