import type { AuthenticationRecord } from "../authentication-record.ts";
import { canonicalAuthorityHost } from "../authority/authority-hosts.ts";
import { isTenantWord } from "../authority/tenant-form.ts";
import { accountKey, type StoredAccount, type StoredToken } from "../cache/stored-account.ts";
import type { AccountLabel } from "../cache/account-label.ts";
import type { Clock } from "../clock.ts";
import type { TokenAnswer, TokenRequest } from "../flow/flow.ts";
import { isAlive, isCalm } from "../flow/freshness.ts";

/** What tells the tokens of an account apart, and whether one that is kept will do. */
export type TokenTerms = Pick<TokenRequest, "scopes" | "tenantId" | "enableCae" | "claims">;

export interface SignedInAccountsOptions {
  readonly clientId: string;
  /** An origin. */
  readonly authorityHost: string;
  readonly clock: Clock;
}

/**
 * One client's accounts at one authority, as the token cache holds them: what can be used. Accounts of other
 * clients and clouds may lie beside them.
 */
export class SignedInAccounts {
  /** The host, by its usual name: under this the accounts are kept. */
  readonly authority: string;
  readonly #clientId: string;
  readonly #clock: Clock;

  constructor({ clientId, authorityHost, clock }: SignedInAccountsOptions) {
    this.authority = new URL(canonicalAuthorityHost(authorityHost)).host;
    this.#clientId = clientId;
    this.#clock = clock;
  }

  /** How the keys of all these accounts begin. */
  get keyStart(): string {
    return accountKey({ clientId: this.#clientId, authority: this.authority, homeAccountId: "" });
  }

  /** The most recently signed in first. */
  of(listed: readonly AccountLabel[]): readonly AuthenticationRecord[] {
    return this.sorted(listed).map(({ record }) => record);
  }

  /** The same, with the other names of each. */
  sorted(listed: readonly AccountLabel[]): readonly AccountLabel[] {
    return listed
      .filter(({ record }) => {
        return record.clientId === this.#clientId && record.authority.toLowerCase() === this.authority;
      })
      .sort((a, b) => b.signedInAt - a.signedInAt);
  }

  keyOf(record: AuthenticationRecord): string {
    return accountKey({ ...record, clientId: this.#clientId, authority: this.authority });
  }

  /** A stored token that answers the request and needs no renewal yet. */
  usable(stored: StoredAccount | undefined, request: TokenTerms): TokenAnswer | undefined {
    return this.#find(stored, request, isCalm);
  }

  /** A stored token that answers the request and has not expired. */
  valid(stored: StoredAccount | undefined, request: TokenTerms): TokenAnswer | undefined {
    return this.#find(stored, request, isAlive);
  }

  #find(
    stored: StoredAccount | undefined,
    request: TokenTerms,
    fits: typeof isAlive,
  ): TokenAnswer | undefined {
    if (!stored || request.claims !== undefined) return undefined;
    const token = stored.tokens[tokenKeyOf(request, homeTenantOf(stored.record))];
    return token && fits(token, this.#clock.now()) ? toAnswer(stored.record, token) : undefined;
  }
}

// A word such as "organizations" stands for a tenant: a credential that asks for that tenant by its id, as one with an
// authentication record does, has the same tokens.
export function tokenKeyOf({ scopes, tenantId, enableCae }: TokenTerms, meantByWord: string): string {
  const tenant = isTenantWord(tenantId) ? meantByWord : tenantId;
  return [scopes.join(" "), tenant.toLowerCase(), enableCae ? "cae" : ""].join("|");
}

/** The tenant that Entra takes for an account where it is asked by such a word. */
function homeTenantOf({ homeAccountId }: AuthenticationRecord): string {
  return homeAccountId.slice(homeAccountId.lastIndexOf(".") + 1);
}

export function toAnswer(account: AuthenticationRecord, stored: StoredToken): TokenAnswer {
  return { ...stored, account };
}
