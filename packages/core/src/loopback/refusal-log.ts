// A page that posts wrong answers at full speed must not fill a log with them.
const ONE_WARNING_PER = 10;
const MOST_WARNINGS = 10;

/** Counts the answers that were refused, and warns about the 1st, 11th, 21st … of them, ten times at most. */
export class RefusalLog {
  #warn: (code: string, message: string) => void;
  #count = 0;

  constructor(warn: (code: string, message: string) => void = () => {}) {
    this.#warn = warn;
  }

  get count(): number {
    return this.#count;
  }

  /** Lets go of who was warned: the sign-in is over. */
  fallSilent(): void {
    this.#warn = () => {};
  }

  /** @param reason Our own words, with nothing of the request in them. */
  add(reason: string): void {
    const turn = this.#count;
    this.#count += 1;
    if (turn % ONE_WARNING_PER !== 0 || turn >= ONE_WARNING_PER * MOST_WARNINGS) return;
    this.#warn(
      "loopback_answer_refused",
      `An answer that does not belong to this sign-in came to the loopback listener and was refused ` +
        `(${this.#count} so far). ${reason} The sign-in goes on.`,
    );
  }
}
