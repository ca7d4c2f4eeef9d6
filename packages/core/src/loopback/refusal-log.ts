// A page that posts wrong answers at full speed must not fill a log with them.
const ONE_WARNING_PER = 10;
const MOST_WARNINGS = 10;

/** Keeps how many answers were refused and why the last one was, and warns about the 1st, 11th, 21st … of them, ten times at most. */
export class RefusalLog {
  #warn: (code: string, message: string) => void;
  #count = 0;
  #last: string | undefined;

  constructor(warn: (code: string, message: string) => void = () => {}) {
    this.#warn = warn;
  }

  get count(): number {
    return this.#count;
  }

  /** What has been refused so far, and why the last one was, in sentences; undefined: nothing. */
  get last(): string | undefined {
    return this.#last;
  }

  /** Lets go of who was warned: the sign-in is over. */
  fallSilent(): void {
    this.#warn = () => {};
  }

  /** @param reason Our own words, with nothing of the request in them. */
  add(reason: string): void {
    const turn = this.#count;
    this.#count += 1;
    this.#last =
      "An answer that does not belong to this sign-in came to the loopback listener and was refused " +
      `(${this.#count} so far). ${reason}`;
    if (turn % ONE_WARNING_PER !== 0 || turn >= ONE_WARNING_PER * MOST_WARNINGS) return;
    this.#warn("loopback_answer_refused", `${this.#last} The sign-in goes on.`);
  }
}
