import type { AuthenticationEvent } from "@entrada/core";
import { printable } from "@entrada/core/credential";
import type { Terminal } from "./terminal.ts";

/** Tells a person at the terminal how a sign-in goes on: where to look, the URL, the code alone on its line. */
export function signInNarrator(terminal: Terminal): (event: AuthenticationEvent) => void {
  return (event) => {
    const text = wordsOf(event, terminal);
    if (text !== undefined) void terminal.say(text);
  };
}

function wordsOf(event: AuthenticationEvent, terminal: Terminal): string | undefined {
  switch (event.type) {
    case "prompt":
      if (event.userCode !== undefined)
        return codeWords(event.url ?? "", event.userCode, event.expiresOn, terminal);
      if (event.url === undefined) return "Look for the sign-in window of the system.\n";
      return `Sign in in your browser. If no page has opened, open this one:\n\n${link(event.url, terminal)}\n\n`;
    case "fallback":
      return `Going on with the ${event.to}: ${printable(event.reason)}\n`;
    case "warning":
      return `${printable(event.message)}\n`;
    case "waiting":
      return event.seconds % 30 === 0
        ? `Still waiting for the sign-in (${event.seconds} s). Ctrl-C ends it.\n`
        : undefined;
    default:
      return undefined;
  }
}

function codeWords(page: string, code: string, end: Date | undefined, terminal: Terminal): string {
  const until = end === undefined ? "" : ` It works until ${end.toTimeString().slice(0, "00:00".length)}.`;
  return `Open ${link(page, terminal)} on any device and enter this code, only if you started this sign-in yourself:\n\n${code}\n\nThe code is for nobody else.${until}\n`;
}

/** A URL that can be clicked, where the terminal knows how (OSC 8). */
function link(url: string, { isRich }: Terminal): string {
  const shown = printable(url);
  return isRich ? `\u001b]8;;${shown}\u001b\\${shown}\u001b]8;;\u001b\\` : shown;
}
