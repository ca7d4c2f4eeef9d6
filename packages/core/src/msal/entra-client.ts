import type { AuthenticationRecord } from "../authentication-record.ts";
import { isSameAccount } from "../flow/same-account.ts";
import type { AuthorityMetadata } from "../authority/authority-metadata.ts";
import type { AccountLabel } from "../cache/account-label.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import type { Clock } from "../clock.ts";
import type { EventSink } from "../events/event-sink.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import type { TokenAnswer, TokenRequest } from "../flow/flow.ts";
import type { SharedSignIns } from "../flow/shared-sign-ins.ts";
import { accountOfName, namedAccountToUse } from "../flow/account-to-use.ts";
import { LoadOnce } from "../load-once.ts";
import type { AuthorityAnswer } from "../authority/authority-client.ts";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";
import { isFaultOnTheWay } from "../refusals/is-fault-on-the-way.ts";
import type { AuthorityConnection, TenantQuery } from "./authority-connection.ts";
import { homeAccountIdOf, namesOfAnswer, recordOf } from "./record-of-answer.ts";
import { SignedInAccounts } from "./signed-in-accounts.ts";
import type { Redemption } from "./token-redeemer.ts";

export interface EntraClientOptions {
  readonly clientId: string;
  /** An origin. */
  readonly authorityHost: string;
  /** The name of the flow, for events. */
  readonly flow: string;
  readonly cache: TokenCache;
  /** The caller's: the cache remembers whom it led to. */
  readonly loginHint?: string | undefined;
  readonly clock: Clock;
  readonly events: EventSink;
  /** Called at the first request, and again if it failed. */
  readonly connect: () => Promise<AuthorityConnection>;
}

/** An authorization code and what proves that it is ours (RFC 6749 section 4.1, RFC 7636). */
export interface AuthorizationCodeGrant {
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

/** Both answers of a device authorization that a person has approved (RFC 8628 sections 3.2 and 3.5). */
export interface DeviceCodeGrant {
  readonly device: AuthorityAnswer;
  readonly token: AuthorityAnswer;
}

const SKU = { "x-client-SKU": "entrada" };

/**
 * The msal boundary: what all flows share that get their tokens from Entra over HTTPS. One sign-in is kept as one
 * refresh token, which serves all scopes, all allowed tenants, CAE and non-CAE.
 */
export class EntraClient {
  readonly #options: EntraClientOptions;
  readonly #accounts: SignedInAccounts;
  readonly #connection: LoadOnce<AuthorityConnection>;

  constructor(options: EntraClientOptions) {
    this.#options = options;
    this.#accounts = new SignedInAccounts(options);
    this.#connection = new LoadOnce(options.connect);
  }

  /** The endpoints for a request's tenant: known, or asked for once. */
  async metadata(request: TokenRequest): Promise<AuthorityMetadata> {
    return (await this.#connection.get()).metadata(request);
  }

  /** What the authority says against a request's tenant, where its endpoints are known without asking it. */
  async tenantRefusal(request: TokenRequest): Promise<AuthenticationError | undefined> {
    return (await this.#connection.get()).tenantRefusal(request);
  }

  /** The id of a tenant that is named by a domain, where the authority tells it. */
  async tenantIdOf(query: TenantQuery): Promise<string | undefined> {
    return (await this.#connection.get()).tenantIdOf(query);
  }

  /** One request to the authority without any retry: the flow paces. */
  async post(
    url: string,
    form: Readonly<Record<string, string>>,
    request: TokenRequest,
    repeat: "poll" | "safe" = "poll",
  ): Promise<AuthorityAnswer> {
    const { signal, correlationId, explicit = false } = request;
    const connection = await this.#connection.get();
    return connection.send({
      method: "POST",
      url,
      form,
      headers: SKU,
      signal,
      correlationId,
      explicit,
      repeat,
    });
  }

  /** Begins to load msal-node, while the person is busy signing in. */
  prepare(): void {
    this.#connection.get().then(
      (connection) => connection.prepare(),
      () => {}, // the redemption tries again and reports why it cannot
    );
  }

  /** Lets go of what is kept open between requests. */
  close(): void {
    this.#connection.present?.then(
      (connection) => connection.close(),
      () => {}, // nothing was opened
    );
  }

  /** See `Flow.silent`: from the token cache, or by the refresh token. */
  async silent(request: TokenRequest): Promise<TokenAnswer> {
    const { cache, events, flow } = this.#options;
    // Who is known is looked up directly; only who is not is looked for.
    const account = request.account ?? namedAccountToUse(await this.#listed(), request.loginHint);
    const key = account && this.#accounts.keyOf(account);
    const stored = key === undefined ? undefined : await cache.account(key);
    const hit = this.#accounts.usable(stored, request);
    if (hit) {
      events.report({ type: "silent_hit", flow, source: "cache", scopes: request.scopes });
      return hit;
    }
    // Who is served from memory meanwhile is to hear of the fault.
    const kept = request.background ? undefined : this.#accounts.valid(stored, request);
    if (key === undefined || !stored?.refreshToken) {
      if (kept) return kept;
      throw nobodySignedIn(request);
    }
    try {
      return await this.#renew(key, request);
    } catch (error) {
      // It may have expired while the renewal was tried.
      const present = kept && this.#accounts.valid(stored, request);
      if (!present || !isFaultOnTheWay(error)) throw error;
      events.report({ type: "refresh_failed", flow, error: error as Error });
      return present;
    }
  }

  #renew(key: string, request: TokenRequest): Promise<TokenAnswer> {
    return this.#options.cache.change(
      key,
      async (present) => {
        // Another process may have refreshed, or signed out, while this one waited for the lock.
        const answer = this.#accounts.usable(present, request);
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
        return this.#accounts.change(request, checked, present);
      },
      request.signal,
    );
  }

  /** Redeems an authorization code. It is sent once at most. */
  redeemCode(request: TokenRequest, grant: AuthorizationCodeGrant): Promise<TokenAnswer> {
    return this.#signIn(request, {
      repeat: "once",
      interactive: true,
      redirectUri: grant.redirectUri,
      nonce: grant.nonce,
      use: (app, common) => app.acquireTokenByCode({ ...common, ...grant }),
    });
  }

  /** Turns the answers of an approved device authorization into a signed-in account. */
  redeemDeviceCode(request: TokenRequest, grant: DeviceCodeGrant): Promise<TokenAnswer> {
    return this.#signIn(request, {
      repeat: "once",
      interactive: true,
      known: [grant.device, grant.token],
      use: (app, common) => app.acquireTokenByDeviceCode({ ...common, deviceCodeCallback: () => {} }),
    });
  }

  /** See `Flow.accountOf`. */
  async accountOf(loginHint: string): Promise<AuthenticationRecord | undefined> {
    return accountOfName(await this.#listed(), loginHint);
  }

  async #listed(): Promise<readonly AccountLabel[]> {
    return this.#accounts.sorted(await this.#options.cache.list(this.#accounts.keyStart));
  }

  /** See `Flow.accounts`. */
  async accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#accounts.of(await this.#options.cache.list(this.#accounts.keyStart));
  }

  /** See `Flow.signOut`. */
  async signOut(account?: AuthenticationRecord): Promise<void> {
    for (const each of account ? [account] : await this.accounts()) {
      await this.#options.cache.remove(this.#accounts.keyOf(each));
    }
  }

  /**
   * Looks whether a sign-in could be kept, before a person is asked for one.
   * @throws AuthenticationError `cache` for what somebody must mend first.
   */
  async checkCache(): Promise<void> {
    await this.#options.cache.check();
  }

  /** See `Flow.sharing`. */
  get sharing(): SharedSignIns | undefined {
    const { cache, clientId } = this.#options;
    const { shared } = cache;
    if (!shared) return undefined;
    return {
      state: () => shared.signIns(this.#accounts.keyStart),
      alone: (work, signal, onHeld) =>
        shared.alone(`${clientId}|${this.#accounts.authority}`, work, { signal, onHeld }),
    };
  }

  /** See `Flow.takeOver`. */
  async takeOver(account: AuthenticationRecord, from: unknown): Promise<void> {
    const key = this.#accounts.keyOf(account);
    const stored = from instanceof EntraClient ? await from.#options.cache.account(key) : undefined;
    if (!stored) return;
    await this.#options.cache.change(key, async () => ({ result: undefined, save: () => stored }));
  }

  async #signIn(request: TokenRequest, redemption: Redemption): Promise<TokenAnswer> {
    const checked = await this.#redeem(request, redemption);
    const record = recordOf(checked, {
      ...this.#options,
      authority: this.#accounts.authority,
      tenantId: request.tenantId,
    });
    const signedInAt = this.#options.clock.now();
    const { loginHint } = this.#options;
    const names = [...namesOfAnswer(checked), ...(loginHint === undefined ? [] : [loginHint])];
    return this.#options.cache.change(
      this.#accounts.keyOf(record),
      async () => {
        // Signed out, or left by all, while it waited for the lock.
        throwIfAborted(request.signal);
        return this.#accounts.change(request, checked, { record, signedInAt, names });
      },
      request.signal,
      true,
    );
  }

  async #redeem(request: TokenRequest, redemption: Redemption): Promise<CheckedTokenAnswer> {
    const { events, flow } = this.#options;
    const connection = await this.#connection.get();
    const checked = await connection.redeem(request, redemption);
    for (const { code, message } of checked.warnings) events.report({ type: "warning", flow, code, message });
    return checked;
  }
}

function nobodySignedIn(request: TokenRequest): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    what: request.account ? "The account is not in the token cache" : "Nobody is signed in",
    remedy: "Call authenticate() to sign in",
    detail: request.account ? "account_not_found" : "no_account",
    scopes: request.scopes,
    claims: request.claims,
  });
}

function anotherAccount(): AuthenticationError {
  return new AuthenticationError({
    code: "account_mismatch",
    what: "The authority renewed a token for another account than the one that was asked for",
    remedy: "Sign in again",
  });
}
