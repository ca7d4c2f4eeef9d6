import type { AuthenticationEvent } from "./events.ts";
import type { Logger } from "./logger.ts";

/** Hands events to the caller's `onEvent` and to the log. */
export class EventSink {
  readonly #onEvent: ((event: AuthenticationEvent) => void) | undefined;
  readonly #logger: Logger;

  constructor(onEvent: ((event: AuthenticationEvent) => void) | undefined, logger: Logger) {
    this.#onEvent = onEvent;
    this.#logger = logger;
  }

  /** Whether anybody wants to hear of each hit in memory: those are too many to make events for nobody. */
  get hearsHits(): boolean {
    return this.#onEvent !== undefined || this.#logger.verbose;
  }

  report(event: AuthenticationEvent): void {
    this.#logger.event(event);
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
      `onEvent threw a ${error instanceof Error ? error.name : typeof error} at "${type}".`,
    );
  }
}
