import type { AuthenticationRecord } from "../authentication-record.ts";
import type { Engine } from "../engine/engine.ts";
import type { AuthenticateOptions, InteractiveCredential } from "../interactive-credential.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import { createEngine } from "./create-engine.ts";
import type { CreateEngineOptions } from "./create-engine-options.ts";

/** What every credential is besides its options: the methods of `InteractiveCredential`, for the flow that it is given. */
export abstract class FlowCredential implements InteractiveCredential {
  readonly #engine: Engine;

  /** Does no I/O, and loads nothing before the first call. */
  protected constructor(options: CreateEngineOptions) {
    this.#engine = createEngine(options);
  }

  /** See `InteractiveCredential.getToken`. The person is asked at most once, whatever number of calls there are. */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    return this.#engine.getToken(scopes, options);
  }

  /** See `InteractiveCredential.authenticate`. */
  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#engine.authenticate(scopes, options);
  }

  /** See `InteractiveCredential.accounts`. */
  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#engine.accounts();
  }

  /** See `InteractiveCredential.signOut`. */
  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#engine.signOut(account);
  }

  /** Ends whatever is under way and forgets the tokens in memory. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#engine.dispose();
  }
}
