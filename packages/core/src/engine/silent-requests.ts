import type { AuthenticationRecord } from "../authentication-record.ts";
import { isSameAccount } from "../flow/same-account.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { isAuthenticationRequired } from "../errors/authentication-error.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { acceptAnswer, type Receiver } from "./accept-answer.ts";
import type { Acquired } from "./acquired.ts";
import { checkAnswer } from "./check-answer.ts";
import { flowRequest } from "./flow-request.ts";
import { personNeeded } from "./person-needed.ts";
import { keyOfRequest, keyOfToken } from "./request-key.ts";
import { SharedRequest } from "./shared-request.ts";
import type { SignInGate } from "./sign-in-gate.ts";
import type { TokenCall } from "./token-call.ts";

/**
 * Whom a silent request is for: one who wants to sign in, one who has no token, one who has a token that is still
 * valid, or nobody any more.
 */
export type Caller = "asks" | "waits" | "holds_a_token" | "was_served";

export interface SilentRequestsOptions {
  readonly settings: CredentialSettings;
  readonly receiver: Receiver;
  /** Where sign-ins that may serve these requests, too, come from. */
  readonly gate: () => SignInGate<Acquired>;
}

/** Gets tokens without the person: one request at a time for what is the same. */
export class SilentRequests {
  readonly #settings: CredentialSettings;
  readonly #receiver: Receiver;
  readonly #gate: () => SignInGate<Acquired>;
  readonly #requests = new Map<string, SharedRequest<Acquired>>();
  // Whose sign-in another credential has handed over.
  #handedOver: AuthenticationRecord | undefined;

  constructor({ settings, receiver, gate }: SilentRequestsOptions) {
    this.#settings = settings;
    this.#receiver = receiver;
    this.#gate = gate;
  }

  /** The request of a call, which it shares with others. */
  of(call: TokenCall, caller: Caller): SharedRequest<Acquired> {
    const key = keyOfRequest(call);
    let request = this.#requests.get(key);
    if (!request) {
      request = new SharedRequest(
        (signal) => this.#try(call, caller, signal),
        () => this.#requests.delete(key),
      );
      this.#requests.set(key, request);
    }
    return request;
  }

  /** Gets a token by a request that begins now: one that is under way may have read what is no longer so. */
  async anew(call: TokenCall, caller: Caller, signal: AbortSignal): Promise<Acquired> {
    const underWay = this.#requests.get(keyOfRequest(call));
    if (underWay) {
      try {
        return await underWay.join(signal);
      } catch (error) {
        if (!isAuthenticationRequired(error)) throw error;
      }
    }
    return this.of(call, caller).join(signal);
  }

  /** Renews a token that is still being served. Nobody waits for it. */
  renewInBackground(call: TokenCall): void {
    const { session, events, flow } = this.#receiver;
    const { tokens } = session;
    this.of(call, "was_served")
      .join()
      .then(
        ({ entry }) => {
          // Due again at once: the authority's `refresh_in` would have it asked at each call.
          if (!tokens.isCalm(entry)) tokens.postponeRefresh(keyOfToken(call));
        },
        (error: Error) => {
          // The present token goes on being served; the caller was answered long ago.
          tokens.postponeRefresh(keyOfToken(call));
          events.report({ type: "refresh_failed", flow: flow.name, error });
        },
      );
  }

  /** Takes the sign-in of another credential that asked the person for the same. */
  async takeOver({ account, flow: from }: Acquired): Promise<void> {
    const { prompt, tokenCache } = this.#settings;
    const { flow, session } = this.#receiver;
    // Who asks for the account picker, or for a password, wants an answer of its own.
    if (from === flow || tokenCache || prompt !== undefined || session.isSignedOut) return;
    await flow.takeOver?.(account, from);
    this.#handedOver = account;
  }

  /** Ends whatever is under way. */
  cancelAll(error: Error): void {
    for (const request of this.#requests.values()) request.cancel(error);
  }

  async #try(call: TokenCall, caller: Caller, signal: AbortSignal): Promise<Acquired> {
    const { session } = this.#receiver;
    if (session.isSignedOut) throw personNeeded(call);
    const account = session.account ?? this.#handedOver;
    const news = this.#gate().listen(this.#settings.loginHint?.toLowerCase());
    let answer: TokenAnswer;
    try {
      answer = await this.#ask(call, caller, account, signal);
    } catch (error) {
      if (!isAuthenticationRequired(error)) throw error;
      this.#handedOver = undefined;
      // The request could not know of a sign-in that came after its beginning.
      if (!news.heard) throw error;
      throwIfAborted(signal);
      if (news.heard.others) await this.takeOver(news.heard.others);
      return this.#try(call, caller, signal);
    } finally {
      news.end();
    }
    throwIfAborted(signal);
    // Another account has signed in meanwhile: its token is wanted now, and the former one must not come back.
    const present = session.account;
    if (present && !isSameAccount(present, account ?? answer.account)) return this.#try(call, caller, signal);
    checkAnswer(answer, { tenantId: call.tenantId, account });
    return acceptAnswer(this.#receiver, call, answer, false, signal);
  }

  #ask(
    call: TokenCall,
    caller: Caller,
    account: AuthenticationRecord | undefined,
    signal: AbortSignal,
  ): Promise<TokenAnswer> {
    const { flow, events } = this.#receiver;
    if (account) {
      const unseen = caller === "was_served";
      events.report({ type: "refresh", flow: flow.name, scopes: call.scopes, background: unseen });
    }
    const { loginHint } = this.#settings;
    return flow.silent({
      ...flowRequest(call, account, signal),
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(caller === "asks" ? { explicit: true } : {}),
      // Who holds a token may be served before the renewal ends, and keeps the process alive until then.
      background: caller === "holds_a_token" || caller === "was_served",
    });
  }
}
