import type { TokenCache } from "../cache/token-cache.ts";
import type { Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { TokenAnswer, TokenRequest } from "../flow/flow.ts";
import { isSameAccount } from "../flow/same-account.ts";
import type { LoadOnce } from "../load-once.ts";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";
import { accountChange } from "./account-change.ts";
import type { AuthorityConnection } from "./authority-connection.ts";
import type { AuthorizationCodeGrant, DeviceCodeGrant } from "./entra-grants.ts";
import { nobodySignedIn } from "./nobody-signed-in.ts";
import { homeAccountIdOf, namesOfAnswer, recordOf } from "./record-of-answer.ts";
import type { SignedInAccounts } from "./signed-in-accounts.ts";
import type { Redemption } from "./token-redeemer.ts";

export interface EntraRedemptionsOptions {
  readonly clientId: string;
  /** The name of the flow, for events. */
  readonly flow: string;
  readonly cache: TokenCache;
  readonly accounts: SignedInAccounts;
  readonly connection: LoadOnce<AuthorityConnection>;
  /** The caller's: the cache remembers whom it led to. */
  readonly loginHint?: string | undefined;
  readonly clock: Clock;
  readonly events: EventSink;
}

/**
 * Redeems what a person's sign-in, or an earlier one, has left, and keeps what comes. In a part of its own: a token
 * from the token cache needs nothing of it.
 */
export class EntraRedemptions {
  readonly #options: EntraRedemptionsOptions;

  constructor(options: EntraRedemptionsOptions) {
    this.#options = options;
  }

  /** A token by the refresh token that is kept under the key. */
  renew(key: string, request: TokenRequest): Promise<TokenAnswer> {
    const { cache, accounts, clock } = this.#options;
    return cache.change(
      key,
      async (present) => {
        // Another process may have refreshed, or signed out, while this one waited for the lock.
        const answer = accounts.usable(present, request);
        if (answer) return { result: answer };
        if (!present?.refreshToken) throw nobodySignedIn(request);
        const { refreshToken, record } = present;
        const checked = await this.#redeem(request, {
          repeat: "safe",
          interactive: false,
          use: (app, common) => app.acquireTokenByRefreshToken({ ...common, refreshToken }),
        });
        const homeAccountId = homeAccountIdOf(checked);
        if (homeAccountId !== undefined && !isSameAccount({ homeAccountId }, record)) throw anotherAccount();
        return accountChange(request, checked, present, clock.now());
      },
      request.signal,
    );
  }

  /** See `EntraClient.redeemCode`. */
  redeemCode(request: TokenRequest, grant: AuthorizationCodeGrant): Promise<TokenAnswer> {
    return this.#signIn(request, {
      repeat: "once",
      interactive: true,
      redirectUri: grant.redirectUri,
      nonce: grant.nonce,
      use: (app, common) => app.acquireTokenByCode({ ...common, ...grant }),
    });
  }

  /** See `EntraClient.redeemDeviceCode`. */
  redeemDeviceCode(request: TokenRequest, grant: DeviceCodeGrant): Promise<TokenAnswer> {
    return this.#signIn(request, {
      repeat: "once",
      interactive: true,
      known: [grant.device, grant.token],
      use: (app, common) => app.acquireTokenByDeviceCode({ ...common, deviceCodeCallback: () => {} }),
    });
  }

  async #signIn(request: TokenRequest, redemption: Redemption): Promise<TokenAnswer> {
    const { cache, accounts, clientId, clock, loginHint } = this.#options;
    const checked = await this.#redeem(request, redemption);
    const { authority } = accounts;
    const record = recordOf(checked, { clientId, authority, tenantId: request.tenantId });
    const signedInAt = clock.now();
    const names = [...namesOfAnswer(checked), ...(loginHint === undefined ? [] : [loginHint])];
    return cache.change(
      accounts.keyOf(record),
      async () => {
        // Signed out, or left by all, while it waited for the lock.
        throwIfAborted(request.signal);
        return accountChange(request, checked, { record, signedInAt, names }, clock.now());
      },
      request.signal,
      true,
    );
  }

  async #redeem(request: TokenRequest, redemption: Redemption): Promise<CheckedTokenAnswer> {
    const { connection, events, flow } = this.#options;
    const checked = await (await connection.get()).redeem(request, redemption);
    for (const { code, message } of checked.warnings) events.report({ type: "warning", flow, code, message });
    return checked;
  }
}

function anotherAccount(): AuthenticationError {
  return new AuthenticationError({
    code: "account_mismatch",
    what: "The authority renewed a token for another account than the one that was asked for",
    remedy: "Sign in again",
  });
}
