import {
  AbortError,
  AuthenticationError,
  AuthenticationRequiredError,
  isAuthenticationError,
  throwIfAborted,
  withinTime,
  type Clock,
} from "@entrada/core/flow";
import type { WamWindow, WindowHandle } from "@entrada/wam";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { checkWhose } from "../contract/check-whose.ts";
import type { BrokerClient } from "../contract/broker-client.ts";
import type { DialogWish } from "../contract/dialog-wish.ts";
import type { KnownAccount } from "../contract/known-account.ts";
import type { SoughtAccount } from "../contract/sought-account.ts";
import { isKnownBy } from "../contract/known-by.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";
import { BrokerAsker } from "./broker-asker.ts";
import { BrokerConnection } from "./broker-connection.ts";
import {
  accountsRequest,
  cancelRequest,
  removeRequest,
  silentRequest,
  windowRequest,
  type WindowShape,
} from "./broker-requests.ts";
import { LIMITS, PROTOCOL_VERSION } from "./broker-service.ts";
import { whyNoWindow } from "./broker-window.ts";
import { fieldOf, fieldsOf, type JsonFields } from "./json-fields.ts";
import {
  bestInTenant,
  isOfCloud,
  isSame,
  knownAccount,
  readAccounts,
  type LinuxAccount,
} from "./linux-account.ts";
import { linuxAnswer } from "./linux-answer.ts";
import { LINUX_WORDS } from "./status-meanings.ts";

export interface LinuxClientOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** The longest wait for anything that shows nothing, in ms. */
  readonly silentTimeoutInMs: number;
}

/** All that the flow asks of the Linux broker. Every answer is the asked account's and tenant's, or an error. */
export class LinuxClient implements BrokerClient {
  readonly #options: LinuxClientOptions;
  readonly #connection: BrokerConnection;
  readonly #asker: BrokerAsker;

  constructor(options: LinuxClientOptions) {
    this.#options = options;
    this.#connection = new BrokerConnection(options);
    this.#asker = new BrokerAsker(this.#connection, options.clock);
  }

  /** A token for this very account, or `authentication_required`, or `account_mismatch`. Shows nothing. */
  silentFor(ask: TokenAsk, sought: SoughtAccount): Promise<BrokerAnswer> {
    return this.#quietly(ask, async (ask) => {
      const account = await this.#find(ask, sought);
      if (!account) throw accountNotFound(ask);
      return checkWhose(await this.#silently(ask, account), { ask, account: sought });
    });
  }

  /** A token for the broker's first account. Only for callers that mean exactly that. */
  silentForDefault(ask: TokenAsk): Promise<BrokerAnswer> {
    return this.#quietly(ask, async (ask) => {
      const accounts = await this.#accounts(ask);
      const account = bestInTenant(sameAs(accounts[0], accounts), ask.tenantId);
      if (!account) throw this.#nobodyThere(ask);
      return checkWhose(await this.#silently(ask, account), { ask, account });
    });
  }

  /** Asks the person, in the broker's window. One at a time is the caller's care. */
  async interactive(ask: TokenAsk, wish: Omit<DialogWish, "windowHandle">): Promise<BrokerAnswer> {
    const { account: sought, loginHint, force = false, explicit } = wish;
    // Whether there is a broker that answers is known before a window could open.
    const accounts = await this.#quietly(ask, (ask) => this.#accounts(ask));
    const why = whyNoWindow(this.#options.env);
    if (why !== undefined) throw brokerUnavailable({ detail: why });
    const account = sought
      ? found(accounts, sought, ask.tenantId)
      : bestInTenant(
          accounts.filter(({ username }) => loginHint !== undefined && isKnownBy([username], loginHint)),
          ask.tenantId,
        );
    const prompt = account ? (force ? "login" : undefined) : loginHint ? undefined : "select_account";
    const name = sought?.username ?? loginHint;
    const answer = await this.#inWindow(ask, account, { prompt, loginHint: name }).catch((error: unknown) => {
      // A broker that signs in nobody but whom it lists, and lists one: that is whom its window is for.
      const only = accounts.length === 1 ? accounts[0] : undefined;
      if (account || sought || !only || !isNeedOfAccount(error)) throw error;
      return this.#inWindow(ask, only, {});
    });
    return checkWhose(answer, { ask, account: sought, explicit });
  }

  /** An account by its home account id: the broker has no ids of its own. */
  async byId(ask: TokenAsk, _kind: string, homeAccountId: string): Promise<KnownAccount | undefined> {
    const account = await this.#quietly(ask, (ask) => this.#find(ask, { homeAccountId }));
    return account && knownAccount(account);
  }

  /** Every account of the broker that is of the asked cloud, each person once. */
  list(ask: TokenAsk): Promise<readonly KnownAccount[]> {
    return this.#quietly(ask, async (ask) => {
      const accounts = await this.#accounts(ask);
      const people = new Map(accounts.map((account) => [account.homeAccountId.toLowerCase(), account]));
      return [...people.values()].map((account) =>
        knownAccount(bestInTenant(sameAs(account, accounts), ask.tenantId) ?? account),
      );
    });
  }

  /** Removes an account from the broker, for this application or more. One that is gone is as good as removed. */
  async signOut(ask: TokenAsk, sought: SoughtAccount, named: boolean): Promise<void> {
    if (!named) return;
    await this.#quietly(ask, async (ask) => {
      const account = await this.#find(ask, sought);
      if (!account) return;
      try {
        const request = removeRequest(ask, account);
        await this.#asker.ask({ method: "removeAccount", request, ask, correlationId: idOf(ask) });
      } catch (error) {
        // Gone already; or a broker that cannot: then the application alone forgets it.
        if (!isAuthenticationError(error) || !AS_GOOD_AS_REMOVED.has(error.detail ?? "")) throw error;
      }
    });
  }

  /** The broker's window belongs to none of ours. */
  resolveWindowHandle(handle: WindowHandle): WamWindow {
    return { handle: 0n, source: handle === "console" ? "console" : "given" };
  }

  /** Looks whether there is a broker, and starts it if need be. @throws CredentialUnavailableError */
  open(ask: TokenAsk): Promise<void> {
    return this.#quietly(ask, () => this.#connection.open());
  }

  /** Leaves the bus; the next question comes back to it. */
  close(): void {
    this.#connection.close();
  }

  async #silently(ask: TokenAsk, account: LinuxAccount): Promise<BrokerAnswer> {
    const first = await this.#token(ask, account);
    const { now } = this.#options.clock;
    const isExpired = first.expiresOnTimestamp < now() && first.warnings.length === 0;
    if (!ask.renew && !isExpired) return first;
    // The broker renews a token that it is shown.
    const second = await this.#token(ask, account, first.token);
    if (second.expiresOnTimestamp < now() && second.warnings.length === 0) throw clockSkew(ask);
    return second;
  }

  async #token(ask: TokenAsk, account: LinuxAccount, renew?: string): Promise<BrokerAnswer> {
    const request = silentRequest(ask, account, renew);
    const answer = await this.#asker.ask({
      method: "acquireTokenSilently",
      request,
      ask,
      correlationId: idOf(ask),
    });
    return linuxAnswer(tokenIn(answer), { ask, account, now: this.#options.clock.now() });
  }

  async #inWindow(
    ask: TokenAsk,
    account: LinuxAccount | undefined,
    shape: WindowShape,
  ): Promise<BrokerAnswer> {
    const { signal } = ask;
    throwIfAborted(signal);
    const correlationId = idOf(ask);
    const cancel = (): void => this.#cancel(ask, correlationId);
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const answer = await this.#asker.ask({
        method: "acquireTokenInteractively",
        request: windowRequest(ask, account, shape),
        ask,
        correlationId,
        inWindow: true,
      });
      return linuxAnswer(tokenIn(answer), { ask, account, now: this.#options.clock.now() });
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Asks the broker to close its window. Nobody waits for it: the caller has gone on already. */
  #cancel(ask: TokenAsk, correlationId: string): void {
    const texts = [PROTOCOL_VERSION, correlationId, JSON.stringify(cancelRequest(ask, correlationId))];
    const limit = {
      clock: this.#options.clock,
      limitInMs: LIMITS.cancel,
      signal: new AbortController().signal,
      tooLate: () => new AbortError(ask.signal),
    };
    withinTime(limit, (signal) => this.#connection.call("cancelInteractiveFlow", texts, signal)).catch(() => {
      // The window may stay: a broker that cannot close it says so, or nothing.
    });
  }

  async #find(ask: TokenAsk, sought: SoughtAccount): Promise<LinuxAccount | undefined> {
    return found(await this.#accounts(ask), sought, ask.tenantId);
  }

  async #accounts(ask: TokenAsk): Promise<readonly LinuxAccount[]> {
    const request = accountsRequest(ask);
    const answer = await this.#asker.ask({
      method: "getAccounts",
      request,
      ask,
      correlationId: idOf(ask),
    });
    return readAccounts(answer).filter((account) => isOfCloud(account, ask.authorityHost));
  }

  #nobodyThere(ask: TokenAsk): AuthenticationError {
    const why = whyNoWindow(this.#options.env);
    return why === undefined ? accountNotFound(ask) : brokerUnavailable({ detail: why });
  }

  #quietly<T>(ask: TokenAsk, work: (ask: TokenAsk) => Promise<T>): Promise<T> {
    const { clock, silentTimeoutInMs: limitInMs } = this.#options;
    const tooLate = (): Error => notAnswered(limitInMs, ask);
    return withinTime({ clock, limitInMs, signal: ask.signal, tooLate }, (signal) =>
      work({ ...ask, signal }),
    );
  }
}

const AS_GOOD_AS_REMOVED: ReadonlySet<string> = new Set([
  LINUX_WORDS.account_gone.detail,
  LINUX_WORDS.unexpected.detail,
  "broker_too_old",
]);
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The flow's id in the only form that every broker takes. */
function idOf({ correlationId }: TokenAsk): string {
  return (UUID.test(correlationId) ? correlationId : crypto.randomUUID()).toLowerCase();
}

function found(
  accounts: readonly LinuxAccount[],
  sought: SoughtAccount,
  tenantId: string,
): LinuxAccount | undefined {
  const theirs = accounts.filter(({ homeAccountId }) => isSame(homeAccountId, sought.homeAccountId));
  return bestInTenant(theirs, tenantId);
}

function sameAs(one: LinuxAccount | undefined, accounts: readonly LinuxAccount[]): readonly LinuxAccount[] {
  return accounts.filter(({ homeAccountId }) => isSame(homeAccountId, one?.homeAccountId));
}

function tokenIn(answer: JsonFields): JsonFields {
  const token = fieldsOf(fieldOf(answer, "brokerTokenResponse"));
  if (token === undefined) throw unacceptable("the token response");
  return token;
}

function isNeedOfAccount(error: unknown): boolean {
  return isAuthenticationError(error) && error.detail === LINUX_WORDS.account_needed.detail;
}

function accountNotFound({ scopes, claims, correlationId }: TokenAsk): AuthenticationRequiredError {
  return new AuthenticationRequiredError({ ...LINUX_WORDS.account_gone, scopes, claims, correlationId });
}

function clockSkew({ correlationId }: TokenAsk): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail: "clock_skew",
    what: "The Linux broker twice gave a token that is expired by this machine's clock",
    remedy: "Set the clock of this machine",
    correlationId,
  });
}

function notAnswered(limitInMs: number, { correlationId }: TokenAsk): AuthenticationError {
  return new AuthenticationError({
    code: "timeout",
    detail: "broker_silent_timeout",
    what: `The Linux broker did not answer within ${Math.round(limitInMs / 100) / 10} s`,
    remedy: "Try again; if it stays, restart it: systemctl --user restart microsoft-identity-broker",
    retryable: true,
    correlationId,
  });
}
