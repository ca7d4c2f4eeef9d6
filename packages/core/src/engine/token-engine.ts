import type { AuthenticationRecord } from "../authentication-record.ts";
import { armScopeOf } from "../authority/authority-hosts.ts";
import { systemClock, type Clock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import {
  AuthenticationRequiredError,
  isAuthenticationError,
  isAuthenticationRequired,
} from "../errors/authentication-error.ts";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "../flow/flow.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import { check } from "../options/check-option.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import { checkAnswer } from "./check-answer.ts";
import type { EventSink } from "../event-sink.ts";
import { keyOfRequest, keyOfToken } from "./request-key.ts";
import { SharedRequest } from "./shared-request.ts";
import { SignInGate } from "./sign-in-gate.ts";
import { stayAlive } from "./stay-alive.ts";
import { checkTokenCall, type TokenCall } from "./token-call.ts";
import { TokenIndex, type IndexEntry } from "./token-index.ts";

export interface TokenEngineOptions {
  readonly settings: CredentialSettings;
  readonly flow: Flow;
  readonly events: EventSink;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Lets go of what the flow keeps open between requests. */
  readonly onDispose?: () => void;
}

/** "automatic": prompt if need be; "never": do not; "explicit": the caller asked for it; "forced": at any rate. */
type PromptRule = "automatic" | "never" | "explicit" | "forced";

interface Acquired {
  readonly entry: IndexEntry;
  readonly account: AuthenticationRecord;
}

const NO_OPTIONS: GetTokenOptions = Object.freeze({});

/**
 * Answers "is a token needed?" for one credential: memory first, one request in flight per key, one prompt at a time,
 * a refresh before it is urgent. How a token is got is the flow's part.
 */
export class TokenEngine {
  readonly #settings: CredentialSettings;
  readonly #flow: Flow;
  readonly #events: EventSink;
  readonly #clock: Clock;
  readonly #onDispose: (() => void) | undefined;
  readonly #index: TokenIndex;
  readonly #gate: SignInGate<Acquired>;
  readonly #silentRequests = new Map<string, SharedRequest<Acquired>>();
  readonly #requests = new Map<string, SharedRequest<Acquired>>();
  #account: AuthenticationRecord | undefined;
  // After a sign-out no other account of the cache may step in unasked.
  #signedOut = false;

  constructor(options: TokenEngineOptions) {
    this.#settings = options.settings;
    this.#flow = options.flow;
    this.#events = options.events;
    this.#onDispose = options.onDispose;
    this.#clock = options.clock ?? systemClock;
    this.#index = new TokenIndex(this.#clock, options.random ?? Math.random);
    this.#gate = new SignInGate({ clock: this.#clock, cooldownInMs: options.settings.promptCooldownInMs });
    this.#account = options.settings.account;
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
      if (!this.#index.isCalm(entry)) this.#refreshInBackground(call);
      if (this.#events.hearsHits) this.#reportHit(call.scopes);
      return entry.token;
    }
    try {
      const rule = this.#settings.automaticAuthentication ? "automatic" : "never";
      return (await this.#acquire(call, rule, this.#settings.timeoutInMs)).entry.token;
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
    if (present && this.#account) return this.#account;
    return (await this.#acquire(call, force ? "forced" : "explicit", timeoutInMs)).account;
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#flow.accounts();
  }

  async signOut(account?: AuthenticationRecord): Promise<void> {
    const target = account ?? this.#account ?? (await this.#flow.accounts())[0];
    if (account === undefined || account.homeAccountId === this.#account?.homeAccountId) {
      this.#dropAll("The account was signed out.");
      this.#account = this.#settings.account;
      this.#signedOut = true;
    }
    if (target) await this.#flow.signOut(target);
  }

  /** Ends whatever is under way and forgets the tokens in memory. */
  dispose(): void {
    this.#dropAll("The credential was disposed.");
    this.#onDispose?.();
  }

  #dropAll(reason: string): void {
    this.#index.clear();
    const error = new AbortError({ aborted: true, reason: new Error(reason) } as never);
    this.#gate.cancel(error);
    for (const request of [...this.#requests.values(), ...this.#silentRequests.values()])
      request.cancel(error);
  }

  #acquire(call: TokenCall, rule: PromptRule, timeoutInMs: number | undefined): Promise<Acquired> {
    const key = `${rule}\n${keyOfRequest(call)}`;
    let request = this.#requests.get(key);
    if (!request) {
      request = new SharedRequest(
        (signal) => this.#silentlyOrByPrompt(call, rule, timeoutInMs, signal),
        () => this.#requests.delete(key),
      );
      this.#requests.set(key, request);
      request.outcome.catch((error: Error) =>
        this.#events.report({ type: "failed", flow: this.#flow.name, error }),
      );
    }
    return stayAlive(request.join(call.options.abortSignal));
  }

  async #silentlyOrByPrompt(
    call: TokenCall,
    rule: PromptRule,
    timeoutInMs: number | undefined,
    signal: AbortSignal,
  ): Promise<Acquired> {
    let silent = rule !== "forced";
    let asked = call;
    for (;;) {
      if (silent) {
        try {
          return await this.#silently(call, false).join(signal);
        } catch (error) {
          if (!isAuthenticationRequired(error)) throw error;
          if (rule === "never") throw authenticationRequired(call, error);
          // What the authority wants to see, such as a second factor, must be asked for at the prompt.
          if (error.claims !== undefined) asked = { ...call, claims: error.claims };
        }
      }
      const acquired = await this.#gate.enter(
        {
          key: keyOfRequest(call),
          timeoutInMs,
          explicit: rule !== "automatic",
          start: (inner) => this.#prompt(asked, inner),
          waiting: (seconds) => this.#events.report({ type: "waiting", flow: this.#flow.name, seconds }),
        },
        signal,
      );
      if (acquired) return acquired;
      // Somebody else's sign-in has just succeeded: its refresh token serves this call, too.
      silent = true;
    }
  }

  #silently(call: TokenCall, background: boolean): SharedRequest<Acquired> {
    const key = keyOfRequest(call);
    let request = this.#silentRequests.get(key);
    if (!request) {
      request = new SharedRequest(
        (signal) => this.#trySilently(call, background, signal),
        () => this.#silentRequests.delete(key),
      );
      this.#silentRequests.set(key, request);
    }
    return request;
  }

  async #trySilently(call: TokenCall, background: boolean, signal: AbortSignal): Promise<Acquired> {
    if (this.#signedOut) throw authenticationRequired(call);
    const account = this.#account;
    if (account)
      this.#events.report({ type: "refresh", flow: this.#flow.name, scopes: call.scopes, background });
    const answer = await this.#flow.silent({ ...toRequest(call, account, signal), background });
    checkAnswer(answer, { tenantId: call.tenantId, account });
    return this.#accept(call, answer, false, signal);
  }

  async #prompt(call: TokenCall, signal: AbortSignal): Promise<Acquired> {
    const { prompt, account } = this.#settings;
    const loginHint = this.#settings.loginHint ?? this.#account?.username;
    const request: InteractiveRequest = {
      ...toRequest(call, account, signal),
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(prompt === undefined ? {} : { prompt }),
      report: (event) => this.#events.report(event),
    };
    const answer = await this.#flow.interactive(request);
    checkAnswer(answer, { tenantId: call.tenantId, account, loginHint: this.#settings.loginHint, prompt });
    this.#signedOut = false;
    return this.#accept(call, answer, true, signal);
  }

  #accept(call: TokenCall, answer: TokenAnswer, interactive: boolean, signal: AbortSignal): Acquired {
    // Signed out, disposed or left by all while the answer was on its way.
    if (signal.aborted) throw new AbortError(signal);
    if (answer.account.homeAccountId !== this.#account?.homeAccountId) this.#index.clear();
    this.#account = answer.account;
    const entry = this.#index.set(keyOfToken(call), answer);
    const { username } = answer.account;
    this.#events.report({ type: "done", flow: this.#flow.name, scopes: call.scopes, interactive, username });
    return { entry, account: answer.account };
  }

  #refreshInBackground(call: TokenCall): void {
    this.#silently(call, true)
      .join()
      .catch((error: Error) => {
        // The present token goes on being served; the caller was answered long ago.
        this.#index.postponeRefresh(keyOfToken(call));
        this.#events.report({ type: "refresh_failed", flow: this.#flow.name, error });
      });
  }

  #reportHit(scopes: readonly string[]): void {
    this.#events.report({ type: "silent_hit", flow: this.#flow.name, source: "memory", scopes });
  }
}

function toRequest(
  call: TokenCall,
  account: AuthenticationRecord | undefined,
  signal: AbortSignal,
): TokenRequest {
  return {
    scopes: call.scopes,
    tenantId: call.tenantId,
    ...(call.claims === undefined ? {} : { claims: call.claims }),
    enableCae: call.enableCae,
    ...(account === undefined ? {} : { account }),
    signal,
    correlationId: call.correlationId,
  };
}

function authenticationRequired(
  call: TokenCall,
  reason?: AuthenticationRequiredError,
): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    what: "A person must sign in, and this call may not ask",
    remedy: "Call authenticate() with the scopes and claims of this error",
    detail: reason?.detail,
    scopes: call.scopes,
    claims: reason?.claims ?? call.claims,
    getTokenOptions: call.options,
    cause: reason?.cause ?? reason,
    aadsts: reason?.aadsts,
    correlationId: reason?.correlationId,
    traceId: reason?.traceId,
    timestamp: reason?.timestamp,
  });
}
