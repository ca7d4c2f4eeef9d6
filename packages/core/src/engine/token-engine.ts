import type { AuthenticationRecord } from "../authentication-record.ts";
import { armScopeOf } from "../authority/authority-hosts.ts";
import { systemClock, type Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import type { EventSink } from "../event-sink.ts";
import type { Flow } from "../flow/flow.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import { check } from "../options/check-option.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import { keyOfToken } from "./request-key.ts";
import { TokenAcquirer } from "./token-acquirer.ts";
import { checkTokenCall } from "./token-call.ts";
import type { TokenIndex } from "./token-index.ts";

export interface TokenEngineOptions {
  readonly settings: CredentialSettings;
  readonly flow: Flow;
  readonly events: EventSink;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Lets go of what the flow keeps open between requests. */
  readonly onDispose?: () => void;
}

const NO_OPTIONS: GetTokenOptions = Object.freeze({});

/**
 * Answers "is a token needed?" for one credential: memory first, a refresh before it is urgent, and a token that is
 * still valid rather than a fault that may pass.
 */
export class TokenEngine {
  readonly #settings: CredentialSettings;
  readonly #flow: Flow;
  readonly #events: EventSink;
  readonly #clock: Clock;
  readonly #onDispose: (() => void) | undefined;
  readonly #acquirer: TokenAcquirer;
  readonly #index: TokenIndex;

  constructor(options: TokenEngineOptions) {
    this.#settings = options.settings;
    this.#flow = options.flow;
    this.#events = options.events;
    this.#onDispose = options.onDispose;
    this.#clock = options.clock ?? systemClock;
    this.#acquirer = new TokenAcquirer(options);
    this.#index = this.#acquirer.index;
  }

  /** See `InteractiveCredential.getToken`. A hit in memory is a look-up, a clock and a comparison. */
  getToken(scopes: string | string[], options: GetTokenOptions = NO_OPTIONS): Promise<AccessToken> {
    const scope = typeof scopes === "string" ? scopes : scopes?.length === 1 ? scopes[0] : undefined;
    const special = options.claims || options.proofOfPossessionOptions || options.abortSignal?.aborted;
    if (scope !== undefined && !special) {
      const tenantId = options.tenantId ?? this.#settings.tenantId;
      const entry = this.#index.hit(scope, tenantId, options.enableCae === true);
      if (entry) {
        if (this.#events.hearsHits) this.#reportHit([scope]);
        return entry.served;
      }
    }
    return this.#getToken(scopes, options);
  }

  async #getToken(scopes: string | string[], options: GetTokenOptions): Promise<AccessToken> {
    throwIfAborted(options.abortSignal);
    const call = checkTokenCall(scopes, options, this.#settings);
    const entry = call.claims === undefined ? this.#index.get(keyOfToken(call)) : undefined;
    if (entry && this.#index.isFresh(entry)) {
      if (!this.#index.isCalm(entry)) this.#acquirer.refreshInBackground(call);
      if (this.#events.hearsHits) this.#reportHit(call.scopes);
      return entry.token;
    }
    try {
      const rule = this.#settings.automaticAuthentication ? "automatic" : "never";
      return (await this.#acquirer.acquire(call, rule, this.#settings.timeoutInMs)).entry.token;
    } catch (error) {
      // A token that is still valid is better than a fault that may pass.
      const passing = isAuthenticationError(error) && error.retryable && error.detail !== "prompt_cooldown";
      if (!entry || !passing || this.#clock.now() >= entry.token.expiresOnTimestamp) throw error;
      this.#events.report({ type: "refresh_failed", flow: this.#flow.name, error });
      return entry.token;
    }
  }

  /** See `InteractiveCredential.authenticate`. */
  async authenticate(
    scopes: string | string[] = armScopeOf(this.#settings.authorityHost),
    options: AuthenticateOptions = NO_OPTIONS,
  ): Promise<AuthenticationRecord> {
    throwIfAborted(options.abortSignal);
    const timeoutInMs = check.milliseconds("timeoutInMs", options.timeoutInMs) ?? this.#settings.timeoutInMs;
    const force = check.boolean("forcePrompt", options.forcePrompt, false);
    const call = checkTokenCall(scopes, options, this.#settings);
    const entry = this.#index.get(keyOfToken(call));
    const present = entry && this.#index.isFresh(entry) && call.claims === undefined && !force;
    if (present && this.#acquirer.account) return this.#acquirer.account;
    return (await this.#acquirer.acquire(call, force ? "forced" : "explicit", timeoutInMs)).account;
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#flow.accounts();
  }

  async signOut(account?: AuthenticationRecord): Promise<void> {
    const own = this.#acquirer.account;
    const target = account ?? own ?? (await this.#flow.accounts())[0];
    if (account === undefined || account.homeAccountId === own?.homeAccountId) this.#acquirer.signOut();
    if (target) await this.#flow.signOut(target);
  }

  /** Ends whatever is under way and forgets the tokens in memory. */
  dispose(): void {
    this.#acquirer.dropAll("The credential was disposed.");
    this.#onDispose?.();
  }

  #reportHit(scopes: readonly string[]): void {
    this.#events.report({ type: "silent_hit", flow: this.#flow.name, source: "memory", scopes });
  }
}
