import type { TokenCacheStore } from "../cache/token-cache-store.ts";

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

// Two copies of this package meet in one process sooner or later, of which one may be of another version: keep the shape
// of `SignOuts`. A sign-out that one of them did not hear of would leave its tokens in use.
const OF_STORES: unique symbol = Symbol.for("entrada.signOuts") as never;

/** Those of a token cache, for every copy of this package. @param store - none: nobody shares it */
export function signOutsOf(store: TokenCacheStore | undefined): SignOuts {
  const shared = globalThis as { [OF_STORES]?: WeakMap<TokenCacheStore, SignOuts> };
  const ofStores = (shared[OF_STORES] ??= new WeakMap());
  const signOuts = (store && ofStores.get(store)) ?? new SignOuts();
  if (store) ofStores.set(store, signOuts);
  return signOuts;
}
