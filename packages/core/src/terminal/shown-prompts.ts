import type { EventHandler } from "../events/event-sink.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { PersonStream } from "../write-to-person.ts";
import type { TerminalVoice, TerminalWriter } from "./terminal-writer.ts";

// Two copies of this package may meet in one process.
const SHOWS_PROMPTS: unique symbol = Symbol.for("entrada.showsPrompts") as never;

/** What a device code credential tells after its prompt, which it shows by itself: how much time is left, and the end. */
export function terminalAfterwards(): EventHandler {
  return promptOn(undefined, () => "afterwards");
}

/** Whether this handler of events shows a person what to do, so that nobody else needs to. */
export function showsPrompts(handler: EventHandler | undefined): boolean {
  return handler !== undefined && SHOWS_PROMPTS in handler;
}

/** A prompt, or what a person hears before it: why another way is gone than they have set. */
function isFirstWord(event: AuthenticationEvent): boolean {
  return event.type === "prompt" || (event.type === "warning" && event.code === "browser_not_found");
}

// The words are read when there is something to say. From then on nothing is late: the program may end at once.
export function promptOn(stream: PersonStream | undefined, voice: () => TerminalVoice): EventHandler {
  let writer: TerminalWriter | undefined;
  const early: AuthenticationEvent[] = [];
  const load = async (): Promise<void> => {
    const { TerminalWriter } = await import("./terminal-writer.ts");
    writer = new TerminalWriter({ stream, voice: voice() });
    for (const event of early) writer.show(event);
  };
  const handler: EventHandler = (event) => {
    if (writer !== undefined) return writer.show(event);
    if (early.length === 0 && !isFirstWord(event)) return;
    early.push(event);
    // Who asks for a token is told if files of the package are missing; there is nobody to tell here.
    if (early.length === 1) load().catch(() => (early.length = 0));
  };
  return Object.assign(handler, { [SHOWS_PROMPTS]: true });
}
