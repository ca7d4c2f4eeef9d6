import { isAuthenticationError, printable, type AuthenticationError } from "@entrada/core/credential";
import type { Terminal } from "./terminal.ts";

/** Tells a person, or with `json` a program, why a command failed. Both on standard error: a result is never mixed with it. */
export async function tellError(error: unknown, terminal: Terminal, json: boolean): Promise<void> {
  const known = error instanceof Error ? error : new Error(String(error));
  if (json) {
    const { name, message } = known;
    const facts = isAuthenticationError(known) ? factsOf(known) : {};
    return terminal.say(
      `${JSON.stringify({ error: { class: name, ...facts, message: printable(message) } })}\n`,
    );
  }
  if (known.name === "AbortError") return terminal.say("\nInterrupted. Nobody was signed in.\n");
  const advice = adviceFor(known);
  return terminal.say(`${printable(known.message)}\n${advice === undefined ? "" : `${advice}\n`}`);
}

// What the library's own words cannot know: the options of this program.
function adviceFor(error: Error): string | undefined {
  if (!isAuthenticationError(error)) return undefined;
  if (error.detail === "cache_no_encryption") {
    return "Without a keyring: entrada login --unencrypted-cache";
  }
  if (error.name === "AuthenticationRequiredError") return "Sign in with: entrada login";
  const otherWay = error.detail === "nobody_can_be_asked" && error.message.includes("device-code: not_");
  return otherWay ? "With a code on another device: entrada login --device-code" : undefined;
}

function factsOf({ code, detail, hint, aadsts, correlationId, retryable }: AuthenticationError): object {
  return { code, detail, hint, aadsts, correlationId, retryable };
}
