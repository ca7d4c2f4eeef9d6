import type { AuthenticationRecord } from "../authentication-record.ts";
import type { Clock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { isAuthenticationRequired, isNothingToRenew } from "../errors/authentication-error.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { Flow, InteractiveRequest } from "../flow/flow.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { AGAIN } from "../refusals/on-the-page.ts";
import { acceptAnswer, type Receiver } from "./accept-answer.ts";
import { checkAnswer } from "./check-answer.ts";
import { flowRequest } from "./flow-request.ts";
import { gateOf } from "./gate-of.ts";
import { personNeeded } from "./person-needed.ts";
import { promptForMany } from "./prompt-for-many.ts";
import { keyOfRequest } from "./request-key.ts";
import type { Acquired } from "./acquired.ts";
import type { Session } from "./session.ts";
import { SharedRequest, type Waiting } from "./shared-request.ts";
import type { SignInGate } from "./sign-in-gate.ts";
import { SilentRequests } from "./silent-requests.ts";
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
  /** See `PromptForMany.seen`. */
  readonly seen: string | undefined;
}

/**
 * Gets the tokens that memory does not have: silently where the flow can, else by one prompt at a time. What comes is
 * checked to be of the tenant and account that were asked for, and remembered.
 */
export class TokenAcquirer {
  readonly #settings: CredentialSettings;
  readonly #flow: Flow;
  readonly #events: EventSink;
  readonly #clock: Clock;
  readonly #receiver: Receiver;
  readonly #silent: SilentRequests;
  readonly #requests = new Map<string, SharedRequest<Acquired>>();
  #gate: SignInGate<Acquired> | undefined;

  constructor({ settings, flow, events, clock, session }: TokenAcquirerOptions) {
    this.#settings = settings;
    this.#flow = flow;
    this.#events = events;
    this.#clock = clock;
    this.#receiver = { flow, events, session };
    this.#silent = new SilentRequests({ settings, receiver: this.#receiver, gate: () => this.#ownGate() });
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
  ): Waiting<Acquired> {
    const key = [rule, timeoutInMs, keyOfRequest(call)].join("\n");
    const request = this.#requests.get(key) ?? this.#request(key, call, rule, timeoutInMs, held);
    return request.wait(call.options.abortSignal);
  }

  #request(
    key: string,
    call: TokenCall,
    rule: PromptRule,
    timeoutInMs: number | undefined,
    held: boolean,
  ): SharedRequest<Acquired> {
    const request: SharedRequest<Acquired> = new SharedRequest(
      (signal) => this.#silentlyOrByPrompt(call, rule, timeoutInMs, held, signal, () => request.isAwaited),
      () => this.#requests.delete(key),
    );
    this.#requests.set(key, request);
    request.outcome.catch((error: Error) =>
      this.#events.report({ type: "failed", flow: this.#flow.name, error }),
    );
    return request;
  }

  #ownGate(): SignInGate<Acquired> {
    return (this.#gate ??= gateOf(this.#settings, this.#clock, this.#flow.asksBy));
  }

  async #silentlyOrByPrompt(
    call: TokenCall,
    rule: PromptRule,
    timeoutInMs: number | undefined,
    held: boolean,
    signal: AbortSignal,
    isAwaited: () => boolean,
  ): Promise<Acquired> {
    const caller = held ? "holds_a_token" : rule === "explicit" ? "asks" : "waits";
    let silent = rule !== "forced";
    let seen: string | undefined;
    let asked = call;
    await this.#flow.prepare?.();
    for (;;) {
      if (silent) {
        try {
          const isFirst = seen === undefined;
          return await (isFirst
            ? this.#silent.of(call, caller).join(signal)
            : this.#silent.anew(call, caller, signal));
        } catch (error) {
          if (!isAuthenticationRequired(error)) throw error;
          if (held && isNothingToRenew(error)) throw error;
          // Whoever had a token was served with it meanwhile: the next call asks the person, if it must.
          if (rule === "never" || !isAwaited()) throw personNeeded(call, error);
          // What the authority wants to see, such as a second factor, must be asked for at the prompt.
          if (error.claims !== undefined) asked = { ...call, claims: error.claims };
          // Somebody may have signed in since that request began, in another process.
          const state = await this.#flow.sharing?.state();
          if (state !== seen) {
            seen = state;
            continue;
          }
        }
      }
      const { own, others } = await this.#ownGate().enter(
        {
          owner: this,
          key: keyOfRequest(call),
          loginHint: this.#settings.loginHint?.toLowerCase(),
          timeoutInMs,
          cooldownInMs: this.#settings.promptCooldownInMs,
          explicit: rule !== "automatic",
          start: (inner, explain) =>
            this.#promptForMany(asked, { rule, timeoutInMs, explain, seen }, inner, call),
          waiting: (seconds) => this.#events.report({ type: "waiting", flow: this.#flow.name, seconds }),
        },
        signal,
      );
      if (own) return own;
      // Somebody else's sign-in may just have succeeded: its refresh token serves this call, too.
      if (others) await this.#silent.takeOver(others);
      silent = true;
    }
  }

  #promptForMany(
    asked: TokenCall,
    terms: PromptTerms,
    signal: AbortSignal,
    call: TokenCall,
  ): Promise<Acquired> {
    const { sharing, name: flow } = this.#flow;
    if (!sharing) return this.#prompt(asked, terms, signal);
    let ofFlow = (): string => AGAIN;
    const here = { ...terms, explain: (hint: () => string): void => void (ofFlow = hint) };
    return promptForMany({
      sharing,
      clock: this.#clock,
      signal,
      seen: terms.seen,
      forced: terms.rule === "forced",
      ask: (inner) => this.#prompt(asked, here, inner),
      explain: (trouble) =>
        terms.explain(() => [trouble(), ofFlow()].filter((part) => part !== undefined).join(". ")),
      silently: (inner) => this.#silent.anew(call, "waits", inner),
      onOther: () =>
        this.#events.report({ type: "warning", flow, code: "signing_in_elsewhere", message: ELSEWHERE }),
    });
  }

  async #prompt(
    call: TokenCall,
    { rule, timeoutInMs, explain: explainTimeout }: PromptTerms,
    signal: AbortSignal,
  ): Promise<Acquired> {
    const { prompt, account } = this.#settings;
    const loginHint = this.#settings.loginHint ?? this.#receiver.session.account?.username;
    const request: InteractiveRequest = {
      ...flowRequest(call, account, signal),
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
    return acceptAnswer(this.#receiver, call, answer, true, signal);
  }

  /** Whom the caller's hint is known to mean. With the account picker the person is free to choose. */
  async #hinted(): Promise<AuthenticationRecord | undefined> {
    const { loginHint, prompt } = this.#settings;
    if (loginHint === undefined || prompt === undefined || prompt === "select_account") return undefined;
    return this.#flow.accountOf?.(loginHint);
  }

  /** Renews a token that is still being served. Nobody waits for it. */
  refreshInBackground(call: TokenCall): void {
    this.#silent.renewInBackground(call);
  }

  /** Ends whatever is under way. */
  cancelAll(reason: string): void {
    const error = new AbortError({ aborted: true, reason: new Error(reason) } as never);
    this.#gate?.cancel(this, error);
    for (const request of this.#requests.values()) request.cancel(error);
    this.#silent.cancelAll(error);
  }
}

const ELSEWHERE =
  "Another process with the same token cache is asking the person to sign in; this one waits for that.";
