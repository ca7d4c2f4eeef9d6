import type { AuthenticationEvent } from "@entrada/core";
import type { DeviceCodeInfo } from "@entrada/device-code";
import { signInWords, type Visitor } from "./sign-in-words.ts";
import type { Terminal } from "./terminal.ts";

/** Tells in words how a sign-in goes. Its parts fit the options of a credential. */
export interface Narrator {
  readonly onEvent: (event: AuthenticationEvent) => void;
  readonly tellCode: (info: DeviceCodeInfo) => void;
}

export function createNarrator({ print, progress }: Terminal, visitor: Visitor): Narrator {
  const words = signInWords[visitor];
  let page: string | undefined;
  return {
    onEvent(event) {
      if (event.type === "prompt" && event.userCode === undefined) {
        words.browser.forEach((line) => print(line));
        page = event.url;
      } else if (event.type === "waiting") {
        // Whoever has not come so far may be looking for the page.
        if (page !== undefined) print(`  If no page opened, open this one:\n    ${page}`);
        page = undefined;
        progress(`  Waiting for the sign-in ... ${event.seconds} s`);
      } else if (event.type === "done") {
        print(
          event.interactive
            ? `  Signed in as ${event.username}.`
            : "  Nobody was asked again: the same sign-in gave a token for this service, too.",
        );
      } else if (event.type === "warning") {
        print(`  Note: ${event.message}`);
      } else if (event.type === "fallback") {
        print(`  No broker here (${event.reason}): the ${event.to} takes over.`);
      }
    },
    tellCode: ({ verificationUri, userCode }) =>
      words.code(verificationUri, userCode).forEach((line) => print(line)),
  };
}
