import type { SharedSignIns } from "../../src/flow/shared-sign-ins.ts";
import type { Kept } from "./model-flow.ts";

/** What two processes share beside a token cache: the turn of who asks the person. */
export class PromptLock {
  readonly #kept: Kept;
  #last: Promise<unknown> = Promise.resolve();
  #holders = 0;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  sharing(): SharedSignIns {
    return {
      state: async () => String(this.#kept.revision),
      alone: (work, signal, onOther) => {
        this.#holders += 1;
        if (this.#holders > 1) onOther();
        const aborted = new Promise<never>((_, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }),
        );
        const turn = Promise.race([this.#last, aborted]).then(work);
        this.#last = Promise.allSettled([this.#last, turn]).then(() => (this.#holders -= 1));
        return turn;
      },
    };
  }
}
