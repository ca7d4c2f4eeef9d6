import type { TokenCacheStore } from "../../cache/token-cache-store.ts";

export interface TokenCacheStoreSetup {
  /** Another handle on the same, at first empty, storage: as another credential or process would have it. */
  open(): TokenCacheStore;
  /** Removes what the test left. */
  dispose?(): void | PromiseLike<void>;
}

/** Sets an empty store up for a test, which is removed when the test has ended. */
export type StartStore = () => Promise<TokenCacheStoreSetup>;
