import {
  AbortError,
  AuthenticationError,
  CODE_NOT_USED,
  throwIfAborted,
  type Clock,
} from "@entrada/core/flow";
import type { CodeTrouble } from "./code-trouble.ts";

// A suspended machine stops the monotonic clock; so long after waking up it is noticed at the latest.
const WALL_CLOCK_CHECK_IN_MS = 1000;

/** How long a device code can be used, by both clocks: it is over when one of them says so. */
export class CodeLifetime {
  readonly #clock: Clock;
  readonly #wallEnd: number;
  readonly #monotonicEnd: number;
  readonly #trouble: Pick<CodeTrouble, "words">;

  /**
   * Begins now.
   * @param trouble what to tell at the end
   */
  constructor(
    clock: Clock,
    lifetimeInMs: number,
    trouble: Pick<CodeTrouble, "words"> = { words: undefined },
  ) {
    this.#clock = clock;
    this.#trouble = trouble;
    this.#wallEnd = clock.now() + lifetimeInMs;
    this.#monotonicEnd = clock.monotonic() + lifetimeInMs;
  }

  get expiresOn(): Date {
    return new Date(this.#wallEnd);
  }

  get restInMs(): number {
    return Math.min(this.#wallEnd - this.#clock.now(), this.#monotonicEnd - this.#clock.monotonic());
  }

  /**
   * Runs `work` until it settles, the code ends or `signal` aborts, whichever is first. The signal that `work` gets
   * aborts in both of the latter cases, and when `work` fails; but nobody waits for work that does not listen.
   * @throws AuthenticationError `device_code_expired`
   * @throws AbortError
   */
  async limit<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    throwIfAborted(signal);
    const ended = new AbortController();
    const over = new Promise<never>((_, reject) => {
      ended.signal.addEventListener("abort", () => reject(ended.signal.reason), { once: true });
    });
    const leave = (): void => ended.abort(new AbortError(signal));
    signal.addEventListener("abort", leave, { once: true });
    const watch = (): { cancel(): void } =>
      this.#clock.after(Math.min(this.restInMs, WALL_CLOCK_CHECK_IN_MS), () => {
        if (this.restInMs <= 0) ended.abort(codeExpired(this.#trouble));
        else timer = watch();
      });
    let timer = watch();
    try {
      return await Promise.race([over, work(ended.signal)]);
    } catch (error) {
      ended.abort(error);
      throw error;
    } finally {
      timer.cancel();
      signal.removeEventListener("abort", leave);
    }
  }

  /** @throws AuthenticationError `device_code_expired` */
  throwIfOver(): void {
    if (this.restInMs <= 0) throw codeExpired(this.#trouble);
  }
}

function codeExpired({ words }: Pick<CodeTrouble, "words">): AuthenticationError {
  return new AuthenticationError({
    code: "device_code_expired",
    what: "The code was not used in time",
    remedy: words === undefined ? CODE_NOT_USED : `${words}. ${CODE_NOT_USED}`,
    detail: "device_code_expired",
  });
}
