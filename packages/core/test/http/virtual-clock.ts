import type { Clock } from "../../src/clock.ts";

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it on. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #startedAt: number;
  #elapsed = 0;

  constructor(startedAt: number = Date.UTC(2026, 5, 1)) {
    this.#startedAt = startedAt;
  }

  now(): number {
    return this.#startedAt + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, callback: () => void): { cancel(): void } {
    const timer = { due: this.#elapsed + Math.max(0, ms), callback };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on to the next timer and lets it ring. */
  ring(): void {
    const next = [...this.#timers].sort((a, b) => a.due - b.due)[0];
    if (next === undefined) return;
    this.#timers.delete(next);
    this.#elapsed = Math.max(this.#elapsed, next.due);
    next.callback();
  }

  /** Moves on whenever nothing else can happen, until `work` settles. For work without real input and output. */
  async settle<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
    const results: PromiseSettledResult<T>[] = [];
    void Promise.allSettled([work]).then((settled) => results.push(...settled));
    for (;;) {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      const [result] = results;
      if (result !== undefined) return result;
      this.ring();
    }
  }
}
