import type { AuthenticationEvent, AuthenticationRecord } from "@entrada/core";
import { isAuthenticationError } from "@entrada/core/credential";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "@entrada/core/flow";

export interface FallbackFlowOptions {
  /** Opens the broker on first use. @throws CredentialUnavailableError `broker_unavailable` */
  readonly openBroker: () => Promise<Flow>;
  /** What takes over where there is no broker; absent: nothing does. */
  readonly browser?: Flow | undefined;
  readonly report: (event: AuthenticationEvent) => void;
}

/**
 * The broker, and the browser where the broker cannot even be tried: decided by `broker_unavailable` alone, before
 * anything was shown, and once for the credential's life, since the browser's sign-in is unknown to the broker.
 */
export class FallbackFlow implements Flow {
  readonly name = "broker";
  readonly #options: FallbackFlowOptions;
  #broker: Promise<Flow> | undefined;
  #present: Flow | undefined;
  #fellBack = false;

  constructor(options: FallbackFlowOptions) {
    this.#options = options;
  }

  prepare(): Promise<void> {
    return this.#first(async () => {});
  }

  silent(request: TokenRequest): Promise<TokenAnswer> {
    return this.#first((flow) => flow.silent(request));
  }

  interactive(request: InteractiveRequest): Promise<TokenAnswer> {
    return this.#first((flow) => flow.interactive(request));
  }

  accounts(...purpose: Parameters<Flow["accounts"]>): Promise<readonly AuthenticationRecord[]> {
    return this.#first((flow) => flow.accounts(...purpose));
  }

  signOut(...signOut: Parameters<Flow["signOut"]>): Promise<void> {
    return this.#first((flow) => flow.signOut(...signOut));
  }

  get asksBy(): object | undefined {
    return this.#current?.asksBy;
  }

  async accountOf(loginHint: string): Promise<AuthenticationRecord | undefined> {
    return this.#current?.accountOf?.(loginHint);
  }

  get sharing(): Flow["sharing"] {
    return this.#current?.sharing;
  }

  async takeOver(account: AuthenticationRecord, from: Flow): Promise<void> {
    await this.#current?.takeOver?.(account, (from instanceof FallbackFlow && from.#current) || from);
  }

  /** Who would ask the person now, as far as is known: something was asked of it before. */
  get #current(): Flow | undefined {
    return this.#fellBack ? this.#options.browser : this.#present;
  }

  async #first<T>(work: (flow: Flow) => Promise<T>): Promise<T> {
    const { browser } = this.#options;
    if (this.#fellBack && browser) return work(browser);
    try {
      this.#present = await this.#opened();
      return await work(this.#present);
    } catch (error) {
      if (!browser || !isAuthenticationError(error) || error.code !== "broker_unavailable") throw error;
      this.#fallBack(browser, error.detail ?? error.code);
      return work(browser);
    }
  }

  #opened(): Promise<Flow> {
    this.#broker ??= this.#options.openBroker().catch((error: unknown) => {
      // Where nothing takes over, the next call looks anew.
      this.#broker = undefined;
      throw error;
    });
    return this.#broker;
  }

  #fallBack(browser: Flow, reason: string): void {
    // Several calls may learn of it at once; it is told once.
    if (!this.#fellBack) {
      this.#options.report({ type: "fallback", flow: this.name, to: browser.name, reason });
    }
    this.#fellBack = true;
  }
}
