import { whatOf, type AuthenticationError } from "@entrada/core/flow";

export const NOTABLE_SLOW_DOWNS = 3;

/** What has stood between a code and its tokens, besides the person: told when the time is over. */
export class CodeTrouble {
  #words: string | undefined;

  /** A sentence without its final stop; undefined: nothing has. */
  get words(): string | undefined {
    return this.#words;
  }

  /** The code was handed to whoever shows it. */
  handedOver(): void {
    this.#words =
      'The function "userPromptCallback" has not come back, and the authority is asked for the answer only after that';
  }

  shown(): void {
    this.#words = undefined;
  }

  /**
   * The authority has answered that it waits for the person.
   * @param slowDowns how often it has asked to be asked less often
   */
  answered(slowDowns: number, intervalInMs: number): void {
    this.#words =
      slowDowns < NOTABLE_SLOW_DOWNS
        ? undefined
        : `The authority has refused to be asked so often ${slowDowns} times, so it was asked every ` +
          `${intervalInMs / 1000} s at last, and what the person did just before the end may not have been seen`;
  }

  /** The authority could not be asked. */
  failed(error: AuthenticationError): void {
    this.#words = `When the authority was last asked for the answer, that failed: ${whatOf(error)}`;
  }
}
