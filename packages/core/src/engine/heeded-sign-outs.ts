import type { AuthenticationRecord } from "../authentication-record.ts";
import { canonicalAuthorityHost } from "../authority/authority-hosts.ts";
import { accountKey } from "../cache/stored-account.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { sharedByStore } from "./shared-by-store.ts";
import type { SignOuts } from "./sign-outs.ts";

/** The sign-outs of a token cache as one credential sees them: up to which of them it has acted. */
export class HeededSignOuts {
  readonly #settings: CredentialSettings;
  readonly #all: SignOuts;
  #heeded: number;

  constructor(settings: CredentialSettings) {
    this.#settings = settings;
    this.#all = sharedByStore(settings.tokenCache).signOuts;
    this.#heeded = this.#all.count;
  }

  /** Whether there was none since `heed`. */
  get areHeeded(): boolean {
    return this.#all.count === this.#heeded;
  }

  /** Tells all credentials of the token cache. */
  announce(account: AuthenticationRecord): void {
    this.#all.add(this.#keyOf(account));
  }

  /** Whether `account` was signed out since the last time. */
  heed(account: AuthenticationRecord | undefined): boolean {
    const gone = account !== undefined && this.#all.has(this.#keyOf(account), this.#heeded);
    this.#heeded = this.#all.count;
    return gone;
  }

  #keyOf({ homeAccountId }: AuthenticationRecord): string {
    const { clientId, authorityHost } = this.#settings;
    return accountKey({ clientId, authority: canonicalAuthorityHost(authorityHost), homeAccountId });
  }
}
