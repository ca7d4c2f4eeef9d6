import type { AuthenticationRecord } from "../authentication-record.ts";
import type { EntraClient } from "./entra-client.ts";
import type { SharedSignIns } from "../flow/shared-sign-ins.ts";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "../flow/flow.ts";

/** What a flow over Entra is besides its tokens. */
export interface EntraFlowWays {
  /** See `Flow.name`. */
  name: string;
  /** See `Flow.asksBy`. */
  asksBy?: object | undefined;
  /** See `Flow.interactive`. What it takes can be imported there: a token from the cache needs none of it. */
  interactive: (request: InteractiveRequest) => Promise<TokenAnswer>;
}

export interface EntraFlowOptions extends EntraFlowWays {
  entra: Pick<EntraClient, "silent" | "accounts" | "signOut"> &
    Partial<Pick<EntraClient, "sharing" | "takeOver" | "checkCache" | "accountOf">>;
}

/** A flow whose tokens come from Entra: the msal boundary does all but the sign-in itself. */
export class EntraFlow implements Flow {
  readonly name: string;
  readonly asksBy: object | undefined;
  readonly #options: EntraFlowOptions;

  constructor(options: EntraFlowOptions) {
    this.name = options.name;
    this.asksBy = options.asksBy;
    this.#options = options;
  }

  silent(request: TokenRequest): Promise<TokenAnswer> {
    return this.#options.entra.silent(request);
  }

  async interactive(request: InteractiveRequest): Promise<TokenAnswer> {
    await this.#options.entra.checkCache?.();
    return this.#options.interactive(request);
  }

  accounts(...purpose: Parameters<Flow["accounts"]>): Promise<readonly AuthenticationRecord[]> {
    return this.#options.entra.accounts(...purpose);
  }

  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#options.entra.signOut(account);
  }

  async accountOf(loginHint: string): Promise<AuthenticationRecord | undefined> {
    return this.#options.entra.accountOf?.(loginHint);
  }

  get sharing(): SharedSignIns | undefined {
    return this.#options.entra.sharing;
  }

  async takeOver(account: AuthenticationRecord, from: Flow): Promise<void> {
    if (from instanceof EntraFlow) await this.#options.entra.takeOver?.(account, from.#options.entra);
  }
}
