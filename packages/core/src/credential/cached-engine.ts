import type { AuthenticationRecord } from "../authentication-record.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import { deferred } from "../deferred.ts";
import type { Engine } from "../engine/engine.ts";
import { stayAlive } from "../engine/stay-alive.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import type { CreateEngineOptions } from "./create-engine-options.ts";
import { CredentialState } from "./credential-state.ts";
import { findCachedToken } from "./find-cached-token.ts";
import { LazyEngine } from "./lazy-engine.ts";

/** A call that looks for its token. */
interface Looking {
  /** Sends it to the engine, where it is before who waits for this. */
  leave(): Promise<void>;
}

/**
 * What a credential with a token cache begins with: its first call looks for its token there, so that a new process that
 * finds one loads nothing else. All other calls, and that one where it finds none, are the engine's, which comes in its
 * place.
 */
export class CachedEngine implements Engine {
  readonly #state: CredentialState;
  readonly #store: TokenCacheStore;
  readonly #engine: Engine;
  #hasLooked = false;
  #looking: Looking | undefined;

  /**
   * @param store - the token cache of the settings
   * @param become - is given the engine when it is there
   */
  constructor(options: CreateEngineOptions, store: TokenCacheStore, become: (engine: Engine) => void) {
    const state = new CredentialState(options);
    this.#state = state;
    this.#store = store;
    this.#engine = new LazyEngine(
      async () => (await import("./open-engine.ts")).openEngine(options, state),
      become,
    );
  }

  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    if (this.#hasLooked) return this.#ask((engine) => engine.getToken(scopes, options));
    this.#hasLooked = true;
    const left = deferred<undefined>();
    let isAlone = true;
    const found = Promise.race([
      stayAlive(findCachedToken(this.#state, this.#store, scopes, options, () => isAlone)),
      left.promise,
    ]).finally(() => {
      this.#looking = undefined;
    });
    const token = found.then((present) => present ?? this.#engine.getToken(scopes, options));
    this.#looking = {
      leave() {
        isAlone = false;
        left.resolve(undefined);
        return found.then(
          () => {},
          () => {}, // a call that nothing could serve: its caller is told
        );
      },
    };
    return token;
  }

  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#ask((engine) => engine.authenticate(scopes, options));
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#ask((engine) => engine.accounts());
  }

  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#ask((engine) => engine.signOut(account));
  }

  dispose(): void {
    this.#hasLooked = true;
    if (!this.#looking) return this.#engine.dispose();
    // The call that looks reaches the engine first, and is ended by it.
    void this.#looking.leave().then(() => this.#engine.dispose());
  }

  /** Asks the engine; the call that looks is left to it as well, and comes first. */
  async #ask<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    this.#hasLooked = true;
    await this.#looking?.leave();
    return work(this.#engine);
  }
}
