import { isSameAccount, type AuthenticationRecord } from "../authentication-record.ts";
import type { Clock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import {
  AuthenticationRequiredError,
  isAuthenticationRequired,
  isNothingToRenew,
} from "../errors/authentication-error.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "../flow/flow.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { checkAnswer } from "./check-answer.ts";
import { gateOf } from "./gate-of.ts";
import { promptForMany } from "./prompt-for-many.ts";
import { keyOfRequest, keyOfToken } from "./request-key.ts";
import type { Acquired } from "./acquired.ts";
import type { Session } from "./session.ts";
import { SharedRequest } from "./shared-request.ts";
import type { SignInGate } from "./sign-in-gate.ts";
import type { TokenCall } from "./token-call.ts";

export interface TokenAcquirerOptions {
  readonly settings: CredentialSettings;
  readonly flow: Flow;
  readonly events: EventSink;
  readonly clock: Clock;
  /** Takes what comes. */
  readonly session: Session;
}

/** "automatic": prompt if need be; "never": do not; "explicit": the caller asked for it; "forced": at any rate. */
export type PromptRule = "automatic" | "never" | "explicit" | "forced";

interface PromptTerms {
  readonly rule: PromptRule;
  readonly timeoutInMs: number | undefined;
  /** Takes what to say when the person's time is over. */
  readonly explain: (hint: () => string) => void;
}

/**
 * Whom a silent request is for: one who wants to sign in, one who has no token, one who has a token that is still
 * valid, or nobody any more.
 */
type Caller = "asks" | "waits" | "holds_a_token" | "was_served";

/**
 * Gets the tokens that memory does not have: silently where the flow can, else by one prompt at a time. What comes is
 * checked to be of the tenant and account that were asked for, and remembered.
 */
export class TokenAcquirer {
  readonly #settings: CredentialSettings;
  readonly #flow: Flow;
  readonly #events: EventSink;
  readonly #clock: Clock;
  readonly #session: Session;
  #gate: SignInGate<Acquired> | undefined;
  // Whose sign-in another credential has handed over.
  #handedOver: AuthenticationRecord | undefined;
  readonly #silentRequests = new Map<string, SharedRequest<Acquired>>();
  readonly #requests = new Map<string, SharedRequest<Acquired>>();

  constructor({ settings, flow, events, clock, session }: TokenAcquirerOptions) {
    this.#settings = settings;
    this.#flow = flow;
    this.#events = events;
    this.#clock = clock;
    this.#session = session;
  }

  /** Whether a person is being asked. */
  get isPrompting(): boolean {
    return this.#gate?.isOpen ?? false;
  }

  /**
   * Gets a token for a call that memory cannot serve. Calls with the same key share one request.
   * @param held whether the caller has a valid token: then nobody is asked only because nothing can renew it
   */
  acquire(
    call: TokenCall,
    rule: PromptRule,
    timeoutInMs: number | undefined,
    held = false,
  ): Promise<Acquired> {
    const key = [rule, timeoutInMs, keyOfRequest(call)].join("\n");
    let request = this.#requests.get(key);
    if (!request) {
      request = new SharedRequest(
        (signal) => this.#silentlyOrByPrompt(call, rule, timeoutInMs, held, signal),
        () => this.#requests.delete(key),
      );
      this.#requests.set(key, request);
      request.outcome.catch((error: Error) =>
        this.#events.report({ type: "failed", flow: this.#flow.name, error }),
      );
    }
    return request.join(call.options.abortSignal);
  }

  async #silentlyOrByPrompt(
    call: TokenCall,
    rule: PromptRule,
    timeoutInMs: number | undefined,
    held: boolean,
    signal: AbortSignal,
  ): Promise<Acquired> {
    let silent = rule !== "forced";
    let asked = call;
    for (;;) {
      if (silent) {
        try {
          const caller = held ? "holds_a_token" : rule === "explicit" ? "asks" : "waits";
          return await this.#silently(call, caller).join(signal);
        } catch (error) {
          if (!isAuthenticationRequired(error)) throw error;
          this.#handedOver = undefined;
          if (held && isNothingToRenew(error)) throw error;
          if (rule === "never") throw authenticationRequired(call, error);
          // What the authority wants to see, such as a second factor, must be asked for at the prompt.
          if (error.claims !== undefined) asked = { ...call, claims: error.claims };
        }
      }
      this.#gate ??= gateOf(this.#settings, this.#clock, this.#flow.asksBy);
      const { own, others } = await this.#gate.enter(
        {
          owner: this,
          key: keyOfRequest(call),
          loginHint: this.#settings.loginHint?.toLowerCase(),
          timeoutInMs,
          cooldownInMs: this.#settings.promptCooldownInMs,
          explicit: rule !== "automatic",
          start: (inner, explain) => this.#promptForMany(asked, { rule, timeoutInMs, explain }, inner, call),
          waiting: (seconds) => this.#events.report({ type: "waiting", flow: this.#flow.name, seconds }),
        },
        signal,
      );
      if (own) return own;
      // Somebody else's sign-in may just have succeeded: its refresh token serves this call, too.
      if (others) await this.#takeOver(others);
      silent = true;
    }
  }

  /** The sign-in of another credential that asked the person for the same. */
  async #takeOver({ account, flow }: Acquired): Promise<void> {
    const { prompt, tokenCache } = this.#settings;
    // Who asks for the account picker, or for a password, wants an answer of its own.
    if (flow === this.#flow || tokenCache || prompt !== undefined || this.#session.isSignedOut) return;
    await this.#flow.takeOver?.(account, flow);
    this.#handedOver = account;
  }

  #promptForMany(
    asked: TokenCall,
    terms: PromptTerms,
    signal: AbortSignal,
    call: TokenCall,
  ): Promise<Acquired> {
    const { sharing, name: flow } = this.#flow;
    if (!sharing) return this.#prompt(asked, terms, signal);
    return promptForMany({
      sharing,
      clock: this.#clock,
      signal,
      forced: terms.rule === "forced",
      ask: (inner) => this.#prompt(asked, terms, inner),
      silently: (inner) => this.#silently(call, "waits").join(inner),
      onOther: () =>
        this.#events.report({ type: "warning", flow, code: "signing_in_elsewhere", message: ELSEWHERE }),
    });
  }

  #silently(call: TokenCall, caller: Caller): SharedRequest<Acquired> {
    const key = keyOfRequest(call);
    let request = this.#silentRequests.get(key);
    if (!request) {
      request = new SharedRequest(
        (signal) => this.#trySilently(call, caller, signal),
        () => this.#silentRequests.delete(key),
      );
      this.#silentRequests.set(key, request);
    }
    return request;
  }

  async #trySilently(call: TokenCall, caller: Caller, signal: AbortSignal): Promise<Acquired> {
    if (this.#session.isSignedOut) throw authenticationRequired(call);
    const account = this.#session.account ?? this.#handedOver;
    if (account) {
      const unseen = caller === "was_served";
      this.#events.report({
        type: "refresh",
        flow: this.#flow.name,
        scopes: call.scopes,
        background: unseen,
      });
    }
    const { loginHint } = this.#settings;
    const request = {
      ...toRequest(call, account, signal),
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(caller === "asks" ? { explicit: true } : {}),
    };
    const background = caller === "holds_a_token" || caller === "was_served";
    // Who holds a token may be served before the renewal ends, and keeps the process alive until then.
    const answer = await this.#flow.silent({ ...request, background });
    throwIfAborted(signal);
    // Another account has signed in meanwhile: its token is wanted now, and the former one must not come back.
    const present = this.#session.account;
    if (present && !isSameAccount(present, account ?? answer.account)) {
      return this.#trySilently(call, caller, signal);
    }
    checkAnswer(answer, { tenantId: call.tenantId, account });
    return this.#accept(call, answer, false, signal);
  }

  async #prompt(
    call: TokenCall,
    { rule, timeoutInMs, explain: explainTimeout }: PromptTerms,
    signal: AbortSignal,
  ): Promise<Acquired> {
    const { prompt, account } = this.#settings;
    const loginHint = this.#settings.loginHint ?? this.#session.account?.username;
    const request: InteractiveRequest = {
      ...toRequest(call, account, signal),
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(prompt === undefined ? {} : { prompt }),
      ...(rule === "automatic" ? {} : { explicit: true }),
      report: (event) => this.#events.report(event),
      ...(timeoutInMs === undefined ? {} : { expiresOn: new Date(this.#clock.now() + timeoutInMs) }),
      explainTimeout,
    };
    const hinted = await this.#hinted();
    throwIfAborted(signal);
    const answer = await this.#flow.interactive(request);
    const explicit = rule !== "automatic";
    checkAnswer(answer, { tenantId: call.tenantId, account, hinted, explicit });
    return this.#accept(call, answer, true, signal);
  }

  /** Whom the caller's hint is known to mean. With the account picker the person is free to choose. */
  async #hinted(): Promise<AuthenticationRecord | undefined> {
    const { loginHint, prompt } = this.#settings;
    if (loginHint === undefined || prompt === undefined || prompt === "select_account") return undefined;
    return this.#flow.accountOf?.(loginHint);
  }

  #accept(call: TokenCall, answer: TokenAnswer, interactive: boolean, signal: AbortSignal): Acquired {
    // Signed out, disposed or left by all while the answer was on its way.
    throwIfAborted(signal);
    const acquired = { ...this.#session.accept(call, answer), flow: this.#flow };
    const { username } = answer.account;
    this.#events.report({ type: "done", flow: this.#flow.name, scopes: call.scopes, interactive, username });
    return acquired;
  }

  /** Renews a token that is still being served. Nobody waits for it. */
  refreshInBackground(call: TokenCall): void {
    const { tokens } = this.#session;
    this.#silently(call, "was_served")
      .join()
      .then(
        ({ entry }) => {
          // Due again at once: the authority's `refresh_in` would have it asked at each call.
          if (!tokens.isCalm(entry)) tokens.postponeRefresh(keyOfToken(call));
        },
        (error: Error) => {
          // The present token goes on being served; the caller was answered long ago.
          tokens.postponeRefresh(keyOfToken(call));
          this.#events.report({ type: "refresh_failed", flow: this.#flow.name, error });
        },
      );
  }

  /** Ends whatever is under way. */
  cancelAll(reason: string): void {
    const error = new AbortError({ aborted: true, reason: new Error(reason) } as never);
    this.#gate?.cancel(this, error);
    for (const request of [...this.#requests.values(), ...this.#silentRequests.values()])
      request.cancel(error);
  }
}

const ELSEWHERE =
  "Another process with the same token cache is asking the person to sign in; this one waits for that.";

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
