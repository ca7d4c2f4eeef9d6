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
      this.#onEvent?.(event);
    } catch (error) {
      // A sign-in must not fail because somebody's progress bar did.
      this.#logger.warning(
        `onEvent threw a ${error instanceof Error ? error.name : typeof error} at "${event.type}".`,
      );
    }
  }
}
