import type { AuthenticationRecord } from "../authentication-record.ts";
import type { EntraClient } from "./entra-client.ts";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "../flow/flow.ts";

export interface EntraFlowOptions {
  /** See `Flow.name`. */
  readonly name: string;
  readonly entra: Pick<EntraClient, "silent" | "accounts" | "signOut">;
  /** See `Flow.interactive`. What it takes can be imported there: a token from the cache needs none of it. */
  readonly interactive: (request: InteractiveRequest) => Promise<TokenAnswer>;
}

/** A flow whose tokens come from Entra: the msal boundary does all but the sign-in itself. */
export class EntraFlow implements Flow {
  readonly name: string;
  readonly #options: EntraFlowOptions;

  constructor(options: EntraFlowOptions) {
    this.name = options.name;
    this.#options = options;
  }

  silent(request: TokenRequest): Promise<TokenAnswer> {
    return this.#options.entra.silent(request);
  }

  interactive(request: InteractiveRequest): Promise<TokenAnswer> {
    return this.#options.interactive(request);
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#options.entra.accounts();
  }

  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#options.entra.signOut(account);
  }
}
