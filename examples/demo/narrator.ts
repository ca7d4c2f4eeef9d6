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
  return {
    onEvent(event) {
      if (event.type === "prompt" && event.userCode === undefined && event.url !== undefined) {
        words.browser(event.url).forEach(print);
      } else if (event.type === "waiting") {
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
        print(`  Note: ${event.reason}`);
      }
    },
    tellCode: ({ verificationUri, userCode }) => words.code(verificationUri, userCode).forEach(print),
  };
}
