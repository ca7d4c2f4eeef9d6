import type { EventHandler } from "../events/event-sink.ts";
import { invalidOption } from "../errors/invalid-option.ts";
import { checkNames, type KnownNames } from "../errors/known-names.ts";
import type { PersonStream } from "../write-to-person.ts";
import { promptOn } from "./shown-prompts.ts";

export interface TerminalPromptOptions {
  /** @defaultValue `process.stderr`: standard output belongs to the application */
  stream?: NodeJS.WritableStream | undefined;
}

const OPTIONS: KnownNames<TerminalPromptOptions> = { stream: true };

/**
 * A handler for `onEvent` that tells a person at a terminal where to sign in: the page, a device code alone on its line,
 * how much time is left, and how it ended. It never throws, and no stream that is closed or full ends the program.
 * @throws TypeError for a name that is no option, and for a `stream` that is none
 *
 * @example
 * ```ts
 * const credential = new InteractiveBrowserCredential({ onEvent: terminalPrompt() });
 * ```
 */
export function terminalPrompt(options: TerminalPromptOptions = {}): EventHandler {
  checkNames("options", options, OPTIONS);
  const { stream } = options;
  if (stream !== undefined && !isPersonStream(stream))
    throw invalidOption("stream", "a stream that can be written to, such as process.stdout", stream);
  return promptOn(stream, () => "everything");
}

/**
 * What a browser credential shows where its caller has taken that upon nobody: everything on a terminal, and elsewhere
 * only the URL when the browser could not be opened.
 */
export function defaultTerminalPrompt(): EventHandler {
  return promptOn(undefined, () => (isTerminal() ? "everything" : "trouble"));
}

function isPersonStream(value: unknown): value is PersonStream {
  const { write, on, removeListener } = (value ?? {}) as { readonly [Name in keyof PersonStream]?: unknown };
  return [write, on, removeListener].every((method) => typeof method === "function");
}

function isTerminal(): boolean {
  try {
    return process.stderr.isTTY === true;
  } catch {
    return false; // there is no standard error
  }
}
