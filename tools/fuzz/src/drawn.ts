import { chance } from "./chance.ts";

/** What one input of a fuzzing run is drawn from: the same for the same seed. */
export class Drawn {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = chance(seed);
  }

  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** True in a share, from 0 to 1, of all cases. */
  is(share: number): boolean {
    return this.#next() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}
