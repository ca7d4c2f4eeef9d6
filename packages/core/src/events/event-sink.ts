import type { AuthenticationEvent } from "./events.ts";
import type { Logger } from "./logger.ts";

// Steps of which no person needs to hear.
const NO_PROMPTS: ReadonlySet<AuthenticationEvent["type"]> = new Set([
  "silent_hit",
  "refresh",
  "refresh_failed",
]);

/** Hears of each step of a sign-in. */
export type EventHandler = (event: AuthenticationEvent) => void;

/** Hands events to the caller's `onEvent`, to the default prompt, and to the log. */
export class EventSink {
  readonly #onEvent: EventHandler | undefined;
  readonly #logger: Logger;
  readonly #prompt: EventHandler | undefined;

  /** @param prompt shows the person what a sign-in says, where the caller has taken that upon nobody. */
  constructor(onEvent: EventHandler | undefined, logger: Logger, prompt?: EventHandler) {
    this.#onEvent = onEvent;
    this.#logger = logger;
    this.#prompt = prompt;
  }

  /** Whether a person can come to know what the events of a prompt say. */
  get isHeard(): boolean {
    return this.#onEvent !== undefined || this.#prompt !== undefined;
  }

  /** Whether anybody wants to hear of each hit in memory: those are too many to make events for nobody. */
  get hearsHits(): boolean {
    return this.#onEvent !== undefined || this.#logger.verbose;
  }

  report(event: AuthenticationEvent): void {
    this.#logger.event(event);
    if (!NO_PROMPTS.has(event.type)) this.#prompt?.(event);
    try {
      // Typed as returning nothing, but an async function fits the type, too: its rejection would end the process.
      const returned: unknown = this.#onEvent?.(event);
      if (returned instanceof Promise) returned.catch((error: unknown) => this.#tell(error, event));
    } catch (error) {
      this.#tell(error, event);
    }
  }

  // A sign-in must not fail because somebody's progress bar did.
  #tell(error: unknown, { type }: AuthenticationEvent): void {
    this.#logger.warning(
      `onEvent threw (${error instanceof Error ? error.name : typeof error}) at "${type}".`,
    );
  }
}
