/**
 * Which accounts were signed out, in order. The credentials that share a token cache look here before they serve a
 * token from memory: it knows none of them, so that it keeps none alive.
 */
export class SignOuts {
  readonly #last = new Map<string, number>();
  #count = 0;

  /** How many there were so far. */
  get count(): number {
    return this.#count;
  }

  add(account: string): void {
    this.#count += 1;
    this.#last.set(account, this.#count);
  }

  /** Whether `account` was signed out after the first `count` of them. */
  has(account: string, count: number): boolean {
    return (this.#last.get(account) ?? 0) > count;
  }
}
