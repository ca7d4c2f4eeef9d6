import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import type { Acquired } from "./acquired.ts";
import type { SignInGate } from "./sign-in-gate.ts";
import { signOutsOf, type SignOuts } from "./sign-outs.ts";

/** What the credentials that share a token cache have in common. */
export interface SharedByStore {
  /** See gate-of.ts. */
  readonly gates: Map<string, SignInGate<Acquired>>;
  readonly signOuts: SignOuts;
}

// It belongs to its store and goes with it: a property that the store does not know of. Nothing else is kept here.
const ofStores = new WeakMap<TokenCacheStore, SharedByStore>();

/** @param store - none: the credential has a token cache of its own, and shares nothing */
export function sharedByStore(store: TokenCacheStore | undefined): SharedByStore {
  const present = store && ofStores.get(store);
  if (present) return present;
  const shared: SharedByStore = { gates: new Map(), signOuts: signOutsOf(store) };
  if (store) ofStores.set(store, shared);
  return shared;
}
