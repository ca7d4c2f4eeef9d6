import type { AuthenticationRecord } from "@entrada/core";
import { AuthenticationRequiredError } from "@entrada/core/credential";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "@entrada/core/flow";

/** A flow that never shows anything, whoever asks. */
export class SilentOnlyFlow implements Flow {
  readonly #flow: Flow;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  get name(): string {
    return this.#flow.name;
  }

  silent(request: TokenRequest): Promise<TokenAnswer> {
    return this.#flow.silent(request);
  }

  async interactive({ scopes, claims, correlationId }: InteractiveRequest): Promise<TokenAnswer> {
    throw new AuthenticationRequiredError({
      what: 'A person must sign in, and the option "disableInteractiveFallback" forbids to ask',
      remedy: "Use a credential without that option to sign in",
      detail: "interaction_disabled",
      scopes,
      claims,
      correlationId,
    });
  }

  accounts(...purpose: Parameters<Flow["accounts"]>): Promise<readonly AuthenticationRecord[]> {
    return this.#flow.accounts(...purpose);
  }

  signOut(...signOut: Parameters<Flow["signOut"]>): Promise<void> {
    return this.#flow.signOut(...signOut);
  }
}
