import { isAuthenticationError, type AuthenticationError } from "@entrada/core/credential";
import { inCommandWords } from "./command-words.ts";
import { loginWords, SIGN_IN_WITH } from "./login-words.ts";
import type { Terminal } from "./terminal.ts";

/** Tells a person, or with `json` a program, why a command failed. Both on standard error: a result is never mixed with it. */
export async function tellError(error: unknown, terminal: Terminal, json: boolean): Promise<void> {
  const known = error instanceof Error ? error : new Error(String(error));
  if (json) {
    const { name, message } = known;
    const facts = isAuthenticationError(known) ? factsOf(known) : {};
    return terminal.say(
      `${JSON.stringify({ error: { class: name, ...facts, message: inCommandWords(message) } })}\n`,
    );
  }
  if (known.name === "AbortError") return terminal.say("\nInterrupted. Nothing was changed.\n");
  return terminal.say(`${wordsFor(known)}\n`);
}

// The library speaks to a developer; where this program knows what to do, it says so to the person.
function wordsFor(error: Error): string {
  const message = inCommandWords(error.message);
  if (!isAuthenticationError(error)) return message;
  if (error.name === "AuthenticationRequiredError")
    return `Nobody is signed in for this. ${signInHint(error)}`;
  const otherWay = error.detail === "nobody_can_be_asked" && message.includes("device-code: not_");
  return otherWay ? `${message}\nWith a code on another device: entrada login --device-code` : message;
}

/** What a person who must sign in is to type. */
export function signInHint({ hint }: AuthenticationError): string {
  return hint?.startsWith(SIGN_IN_WITH) === true ? hint : `${SIGN_IN_WITH}${loginWords({})}`;
}

function factsOf({ code, detail, hint, aadsts, correlationId, retryable }: AuthenticationError): object {
  const told = hint === undefined ? undefined : inCommandWords(hint);
  return { code, detail, hint: told, aadsts, correlationId, retryable };
}
