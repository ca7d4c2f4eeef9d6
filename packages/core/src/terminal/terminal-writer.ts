import { isAuthenticationError } from "../errors/authentication-error.ts";
import { printable } from "../errors/printable.ts";
import type { AuthenticationEvent, PromptEvent } from "../events/events.ts";
import { type PersonStream, writeToPerson } from "../write-to-person.ts";
import { codeWords, minutes, minutesLeft, signIn, timeLeft } from "./prompt-words.ts";
import { canLink, terminalLink } from "./terminal-link.ts";

/**
 * What is written: all that a person needs; only what to do when something is in the way; or what comes after a prompt
 * that somebody else shows.
 */
export type TerminalVoice = "everything" | "trouble" | "afterwards";

export interface TerminalWriterOptions {
  readonly stream: PersonStream | undefined;
  readonly voice: TerminalVoice;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Wall time, in ms since 1970. */
  readonly now?: () => number;
}

// Of the warnings, those that a person can do something about.
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  "browser_exit_code",
  "browser_not_found",
  "browser_used_https",
  "sign_in_link_reused",
]);
const OPEN_BY_HAND = "Open this page in a browser on this computer to sign in:";
const OPEN_ABOVE = "Open the page above in a browser on this computer.";

/** Writes the events of a sign-in for a person at a terminal. */
export class TerminalWriter {
  readonly #stream: PersonStream | undefined;
  readonly #voice: TerminalVoice;
  readonly #links: boolean;
  readonly #now: () => number;
  /** What the person is asked now. */
  #prompt: PromptEvent | undefined;
  #urlShown = false;
  /** Whether the person has been told anything of this sign-in, so that its end is worth a word. */
  #spoke = false;
  #told = Infinity;

  constructor({ stream, voice, env = process.env, now = () => Date.now() }: TerminalWriterOptions) {
    this.#stream = stream;
    this.#voice = voice;
    this.#links = isTerminal(stream) && canLink(env);
    this.#now = now;
  }

  show(event: AuthenticationEvent): void {
    switch (event.type) {
      case "prompt":
        return this.#begin(event);
      case "browser_unavailable":
        return this.#trouble("The browser could not be opened.", event.url);
      case "warning":
        return FOR_PEOPLE.has(event.code) ? this.#trouble(printable(event.message), event.url) : undefined;
      case "waiting":
        return this.#remind();
      case "done":
        return event.interactive ? this.#end(`Signed in as ${printable(event.username)}.`) : undefined;
      case "failed":
        return this.#end(endOf(event.error));
      default:
    }
  }

  #begin(event: PromptEvent): void {
    this.#prompt = event;
    this.#told = minutesLeft(event.expiresOn, this.#now()) ?? Infinity;
    this.#spoke = this.#voice !== "trouble";
    this.#urlShown = false;
    // Who asks for the browser's address shows the page as well.
    if (event.answerBy === "paste") this.#spoke = this.#urlShown = true;
    if (this.#voice !== "everything" || this.#urlShown) return;
    this.#say(...this.#promptWords(event));
    this.#urlShown = event.url !== undefined;
  }

  #promptWords({ url, userCode, applicationName, expiresOn }: PromptEvent): readonly string[] {
    const now = this.#now();
    if (url === undefined) {
      const look = `To ${signIn(applicationName)}, look for the window that has opened.`;
      return [look, ...timeLeft("It waits", expiresOn, now)];
    }
    if (userCode !== undefined)
      return codeWords(
        { applicationName, expiresOn, url: this.#link(url), userCode: printable(userCode) },
        now,
      );
    return [
      `To ${signIn(applicationName)}, look at your browser. If no page has opened there, open`,
      this.#link(url),
      ...timeLeft("The sign-in waits", expiresOn, now),
    ];
  }

  #trouble(message: string, url: string | undefined): void {
    if (url === undefined) return this.#say(message);
    if (this.#urlShown) return this.#say(message, OPEN_ABOVE);
    this.#urlShown = true;
    const left = timeLeft("The sign-in waits", this.#prompt?.expiresOn, this.#now());
    this.#say(message, OPEN_BY_HAND, this.#link(url), ...left);
  }

  #remind(): void {
    const left = minutesLeft(this.#prompt?.expiresOn, this.#now());
    // Once a minute, and not in the one that has just been told.
    if (!this.#spoke || left === undefined || left < 1 || left >= this.#told) return;
    this.#told = left;
    this.#say(`Still waiting for the sign-in: ${minutes(left)} left.`);
  }

  #end(text: string): void {
    const told = this.#prompt !== undefined && this.#spoke;
    this.#prompt = undefined;
    if (told) this.#say(text);
    this.#spoke = false;
  }

  #say(...lines: readonly string[]): void {
    this.#spoke = true;
    void writeToPerson(lines.map((line) => `${line}\n`).join(""), this.#stream);
  }

  #link(url: string): string {
    const shown = printable(url);
    return this.#links ? terminalLink(shown) : shown;
  }
}

function isTerminal(stream: PersonStream | undefined): boolean {
  try {
    return ((stream ?? process.stderr) as { readonly isTTY?: boolean }).isTTY === true;
  } catch {
    return false; // there is no standard error
  }
}

function endOf(error: Error): string {
  if (!isAuthenticationError(error)) return "The sign-in was stopped.";
  if (error.code === "timeout" || error.code === "device_code_expired")
    return "The sign-in was not completed in time.";
  return error.code === "user_cancelled" ? "The sign-in was cancelled." : "The sign-in did not succeed.";
}
