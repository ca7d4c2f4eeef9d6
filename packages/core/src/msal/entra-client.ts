import type { AuthenticationRecord } from "../authentication-record.ts";
import type { AuthorityMetadata } from "../authority/authority-metadata.ts";
import type { AccountLabel } from "../cache/account-label.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import type { Clock } from "../clock.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { AuthenticationError } from "../errors/authentication-error.ts";
import type { AccountsPurpose, TokenAnswer, TokenRequest } from "../flow/flow.ts";
import type { SharedSignIns } from "../flow/shared-sign-ins.ts";
import { accountOfName } from "../flow/account-to-use.ts";
import { LoadOnce } from "../load-once.ts";
import type { AuthorityAnswer } from "../authority/authority-client.ts";
import { isFaultOnTheWay } from "../refusals/is-fault-on-the-way.ts";
import type { AuthorityConnection, TenantQuery } from "./authority-connection.ts";
import type { AuthorizationCodeGrant, DeviceCodeGrant } from "./entra-grants.ts";
import type { EntraRedemptions } from "./entra-redemptions.ts";
import { nobodySignedIn } from "./nobody-signed-in.ts";
import { SignedInAccounts } from "./signed-in-accounts.ts";
import { storedAccountOf } from "./stored-account-of.ts";

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

/**
 * The msal boundary: what all flows share that get their tokens from Entra over HTTPS. One sign-in is kept as one
 * refresh token, which serves all scopes, all allowed tenants, CAE and non-CAE.
 */
export class EntraClient {
  readonly #options: EntraClientOptions;
  readonly #accounts: SignedInAccounts;
  readonly #connection: LoadOnce<AuthorityConnection>;
  readonly #redemptions: LoadOnce<EntraRedemptions>;

  constructor(options: EntraClientOptions) {
    this.#options = options;
    this.#accounts = new SignedInAccounts(options);
    this.#connection = new LoadOnce(options.connect);
    this.#redemptions = new LoadOnce(async () => {
      const { EntraRedemptions } = await import("./entra-redemptions.ts");
      return new EntraRedemptions({ ...options, accounts: this.#accounts, connection: this.#connection });
    });
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
    return (await this.#connection.get()).post(url, form, request, repeat);
  }

  /** Begins to load what redeems, msal-node included, while the person is busy signing in. */
  prepare(): void {
    this.#redemptions.get().catch(() => {
      // The redemption tries again and reports why it cannot.
    });
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
    const { key, stored } = await storedAccountOf(this.#accounts, cache, request);
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
      return await (await this.#redemptions.get()).renew(key, request);
    } catch (error) {
      // It may have expired while the renewal was tried.
      const present = kept && this.#accounts.valid(stored, request);
      if (!present || !isFaultOnTheWay(error)) throw error;
      events.report({ type: "refresh_failed", flow, error: error as Error });
      return present;
    }
  }

  /** Redeems an authorization code. It is sent once at most. */
  async redeemCode(request: TokenRequest, grant: AuthorizationCodeGrant): Promise<TokenAnswer> {
    return (await this.#redemptions.get()).redeemCode(request, grant);
  }

  /** Turns the answers of an approved device authorization into a signed-in account. */
  async redeemDeviceCode(request: TokenRequest, grant: DeviceCodeGrant): Promise<TokenAnswer> {
    return (await this.#redemptions.get()).redeemDeviceCode(request, grant);
  }

  /** See `Flow.accountOf`. */
  async accountOf(loginHint: string): Promise<AuthenticationRecord | undefined> {
    return accountOfName(await this.#listed(), loginHint);
  }

  async #listed(): Promise<readonly AccountLabel[]> {
    return this.#accounts.sorted(await this.#options.cache.list(this.#accounts.keyStart));
  }

  /** See `Flow.accounts`. */
  async accounts({ toSignOut = false }: AccountsPurpose = {}): Promise<readonly AuthenticationRecord[]> {
    const { cache } = this.#options;
    const { keyStart } = this.#accounts;
    return this.#accounts.of(await (toSignOut ? cache.listToSignOut(keyStart) : cache.list(keyStart)));
  }

  /** See `Flow.signOut`. */
  async signOut(account?: AuthenticationRecord): Promise<void> {
    for (const each of account ? [account] : await this.accounts({ toSignOut: true })) {
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
}
