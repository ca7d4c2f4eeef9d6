import type { EventHandler } from "../events/event-sink.ts";
import { invalidOption } from "../errors/invalid-option.ts";
import { checkNames, type KnownNames } from "../errors/known-names.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { PersonStream } from "../write-to-person.ts";
import type { TerminalVoice, TerminalWriter } from "./terminal-writer.ts";

export interface TerminalPromptOptions {
  /** @defaultValue `process.stderr`: standard output belongs to the application */
  stream?: NodeJS.WritableStream | undefined;
}

const OPTIONS: KnownNames<TerminalPromptOptions> = { stream: true };

// Two copies of this package may meet in one process.
const SHOWS_PROMPTS: unique symbol = Symbol.for("entrada.showsPrompts") as never;

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

/** What a device code credential tells after its prompt, which it shows by itself: how much time is left, and the end. */
export function terminalAfterwards(): EventHandler {
  return promptOn(undefined, () => "afterwards");
}

/** Whether this handler of events shows a person what to do, so that nobody else needs to. */
export function showsPrompts(handler: EventHandler | undefined): boolean {
  return handler !== undefined && SHOWS_PROMPTS in handler;
}

// The words are read when there is something to say. From then on nothing is late: the program may end at once.
function promptOn(stream: PersonStream | undefined, voice: () => TerminalVoice): EventHandler {
  let writer: TerminalWriter | undefined;
  const early: AuthenticationEvent[] = [];
  const load = async (): Promise<void> => {
    const { TerminalWriter } = await import("./terminal-writer.ts");
    writer = new TerminalWriter({ stream, voice: voice() });
    for (const event of early) writer.show(event);
  };
  const handler: EventHandler = (event) => {
    if (writer !== undefined) return writer.show(event);
    if (early.length === 0 && event.type !== "prompt") return;
    early.push(event);
    // Who asks for a token is told if files of the package are missing; there is nobody to tell here.
    if (early.length === 1) load().catch(() => (early.length = 0));
  };
  return Object.assign(handler, { [SHOWS_PROMPTS]: true });
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
