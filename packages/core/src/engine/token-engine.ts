import { checkAuthenticationRecord, type AuthenticationRecord } from "../authentication-record.ts";
import { isSameAccount } from "../flow/same-account.ts";
import { defaultScopeOf } from "../authority/default-scope.ts";
import { systemClock, type Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { AuthenticationError, isNothingToRenew } from "../errors/authentication-error.ts";
import type { EventSink } from "../events/event-sink.ts";
import { accountToUse } from "../flow/account-to-use.ts";
import type { Flow } from "../flow/flow.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import { check } from "../options/check-option.ts";
import {
  AUTHENTICATE_OPTIONS,
  GET_TOKEN_OPTIONS,
  PASSED_ON,
  TAKEN_BY_GET_TOKEN,
} from "./call-option-names.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { isFaultOnTheWay } from "../refusals/is-fault-on-the-way.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import { keyOfToken } from "./request-key.ts";
import type { Acquired } from "./acquired.ts";
import { Session } from "./session.ts";
import type { Waiting } from "./shared-request.ts";
import { stayAlive } from "./stay-alive.ts";
import { TokenAcquirer } from "./token-acquirer.ts";
import { checkTokenCall, type TokenCall } from "./token-call.ts";
import type { IndexEntry, TokenIndex } from "./token-index.ts";

export interface TokenEngineOptions {
  settings: CredentialSettings;
  flow: Flow;
  events: EventSink;
  clock?: Clock;
  random?: () => number;
  /** Who is signed in, and the tokens in memory. @defaultValue nobody and none */
  session?: Session;
  /** Lets go of what the flow keeps open between requests. */
  onDispose?: () => void;
}

// How long a caller whose token is still valid waits for its renewal.
const PATIENCE_IN_MS = 1500;
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
  readonly #session: Session;
  // The session's tokens, one step nearer for each warm call.
  readonly #index: TokenIndex;
  readonly #acquirer: TokenAcquirer;
  #disposed = false;

  constructor(options: TokenEngineOptions) {
    const { settings, flow, events, clock = systemClock, random = Math.random } = options;
    this.#settings = settings;
    this.#flow = flow;
    this.#events = events;
    this.#onDispose = options.onDispose;
    this.#clock = clock;
    this.#session = options.session ?? new Session({ settings, clock, random });
    this.#index = this.#session.tokens;
    this.#acquirer = new TokenAcquirer({ settings, flow, events, clock, session: this.#session });
  }

  /** See `InteractiveCredential.getToken`. A hit in memory is a look-up, a clock and a comparison. */
  getToken(scopes: string | string[], given?: GetTokenOptions): Promise<AccessToken> {
    // SDKs in plain JavaScript pass null as well.
    const options = given ?? NO_OPTIONS;
    const scope = typeof scopes === "string" ? scopes : scopes?.length === 1 ? scopes[0] : undefined;
    const special = options.claims || options.proofOfPossessionOptions || options.abortSignal?.aborted;
    if (scope !== undefined && !special && areKnown(options) && this.#session.hasHeededSignOuts) {
      const { tenantId = this.#settings.tenantId } = options;
      const entry = this.#index.hit(scope, tenantId, options.enableCae === true);
      if (entry) {
        if (this.#events.hearsHits) this.#reportHit([scope]);
        return entry.served;
      }
    }
    return this.#getToken(scopes, options);
  }

  async #getToken(scopes: string | string[], options: GetTokenOptions): Promise<AccessToken> {
    this.#throwIfDisposed();
    check.names<object>("options", options, GET_TOKEN_OPTIONS, PASSED_ON);
    throwIfAborted(options.abortSignal);
    const call = checkTokenCall(scopes, options, this.#settings);
    this.#session.heedSignOuts();
    const entry = call.claims === undefined ? this.#index.get(keyOfToken(call)) : undefined;
    if (entry && this.#index.isFresh(entry)) {
      if (!this.#index.isCalm(entry)) this.#acquirer.refreshInBackground(call);
      if (this.#events.hearsHits) this.#reportHit(call.scopes);
      return entry.token;
    }
    const rule = this.#settings.automaticAuthentication ? "automatic" : "never";
    const held = entry !== undefined && this.#index.restOf(entry) > 0;
    const work = this.#acquirer.acquire(call, rule, this.#settings.timeoutInMs, held);
    return held ? stayAlive(this.#renewed(work, call)) : (await stayAlive(work.outcome)).entry.token;
  }

  /** The renewed token; or the present one, while it is valid, where the renewal takes long or meets a fault. */
  async #renewed(work: Waiting<Acquired>, call: TokenCall): Promise<AccessToken> {
    // Looked up each time: another account may have signed in, and the machine may have slept.
    const present = (): IndexEntry | undefined => {
      const entry = this.#index.get(keyOfToken(call));
      return entry && this.#index.restOf(entry) > 0 ? entry : undefined;
    };
    let patience: { cancel(): void } | undefined;
    const impatient = new Promise<IndexEntry>((resolve) => {
      const wait = (held: IndexEntry | undefined): void => {
        if (!held) return;
        // Half of what is left at most: what is served is to be of use to the caller, too.
        const limit = Math.min(PATIENCE_IN_MS, this.#index.restOf(held) / 2);
        patience = this.#clock.after(limit, () => {
          const entry = present();
          // A person who is being asked is waited for.
          if (!entry || this.#acquirer.isPrompting) return wait(entry);
          work.release();
          resolve(entry);
        });
      };
      wait(present());
    });
    const renewed = work.outcome.then(
      ({ entry }) => entry,
      (error: unknown) => {
        const goesOn = isFaultOnTheWay(error) || isNothingToRenew(error);
        const entry = goesOn ? present() : undefined;
        if (!entry) throw error;
        this.#events.report({ type: "refresh_failed", flow: this.#flow.name, error: error as Error });
        return entry;
      },
    );
    try {
      return (await Promise.race([renewed, impatient])).token;
    } finally {
      patience?.cancel();
    }
  }

  /** See `InteractiveCredential.authenticate`. */
  async authenticate(
    scopes: string | string[] = defaultScopeOf(this.#settings),
    given?: AuthenticateOptions,
  ): Promise<AuthenticationRecord> {
    const options: AuthenticateOptions = given ?? NO_OPTIONS;
    this.#throwIfDisposed();
    check.names<object>("options", options, AUTHENTICATE_OPTIONS, PASSED_ON);
    throwIfAborted(options.abortSignal);
    const timeoutInMs = check.milliseconds("timeoutInMs", options.timeoutInMs) ?? this.#settings.timeoutInMs;
    const force = check.boolean("forcePrompt", options.forcePrompt, false);
    const call = checkTokenCall(scopes, options, this.#settings);
    this.#session.heedSignOuts();
    const entry = this.#index.get(keyOfToken(call));
    const present = entry && this.#index.isFresh(entry) && call.claims === undefined && !force;
    // A copy each time: what the caller does to it changes nothing here.
    if (present && this.#session.account) return { ...this.#session.account };
    const work = this.#acquirer.acquire(call, force ? "forced" : "explicit", timeoutInMs);
    return { ...(await stayAlive(work.outcome)).account };
  }

  async accounts(): Promise<readonly AuthenticationRecord[]> {
    return (await stayAlive(this.#flow.accounts())).map((account) => ({ ...account }));
  }

  async signOut(account?: AuthenticationRecord): Promise<void> {
    if (account !== undefined) checkAuthenticationRecord(account, "account");
    const own = this.#session.account;
    // Before anything is waited for: what is under way must not end in between.
    if (account === undefined || isSameAccount(account, own)) {
      this.#session.signOut();
      this.#acquirer.cancelAll("The account was signed out.");
    }
    return stayAlive(this.#forget(account ?? own, account !== undefined));
  }

  async #accountToSignOut(): Promise<AuthenticationRecord | undefined> {
    const { loginHint } = this.#settings;
    const all = await this.#flow.accounts({ toSignOut: true });
    const named = loginHint === undefined ? undefined : await this.#flow.accountOf?.(loginHint);
    return named ?? accountToUse(all, loginHint);
  }

  async #forget(account: AuthenticationRecord | undefined, named: boolean): Promise<void> {
    const target = account ?? (await this.#accountToSignOut());
    if (!target) return;
    try {
      await this.#flow.signOut(target, { named });
    } finally {
      // Also where the cache could not be written: nobody is to go on with what is in memory.
      this.#session.announceSignOut(target);
    }
  }

  /** Ends whatever is under way, forgets the tokens in memory and gets no more. */
  dispose(): void {
    this.#disposed = true;
    this.#index.clear();
    this.#acquirer.cancelAll("The credential was disposed.");
    this.#onDispose?.();
  }

  #throwIfDisposed(): void {
    if (!this.#disposed) return;
    throw new AuthenticationError({
      code: "unsupported",
      what: "A token was asked for after the credential was disposed",
      remedy: "Create a new credential, or dispose this one after its last use",
      detail: "disposed",
    });
  }

  #reportHit(scopes: readonly string[]): void {
    this.#events.report({ type: "silent_hit", flow: this.#flow.name, source: "memory", scopes });
  }
}

/** Whether nothing is asked for that nobody knows; the check that follows says what. It costs a warm call no list. */
function areKnown(options: GetTokenOptions): boolean {
  for (const name in options) if (!Object.hasOwn(TAKEN_BY_GET_TOKEN, name)) return false;
  return true;
}
