import {
  AuthenticationError,
  AuthenticationRequiredError,
  isAuthenticationError,
  withinTime,
  type Clock,
} from "@entrada/core/flow";
import type { WamWindow, WindowHandle } from "@entrada/wam";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { kindOfTenant } from "../contract/account-kind.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { checkWhose } from "../contract/check-whose.ts";
import type { BrokerClient } from "../contract/broker-client.ts";
import type { DialogWish } from "../contract/dialog-wish.ts";
import type { KnownAccount } from "../contract/known-account.ts";
import type { SoughtAccount } from "../contract/sought-account.ts";
import { isKnownBy } from "../contract/known-by.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { BrokerConnection } from "./broker-connection.ts";
import { whyNoWindow } from "./broker-window.ts";
import { bestInTenant, isSame, knownAccount, type LinuxAccount } from "./linux-account.ts";
import { LinuxExchange } from "./linux-exchange.ts";
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
  readonly #exchange: LinuxExchange;

  constructor(options: LinuxClientOptions) {
    this.#options = options;
    this.#connection = new BrokerConnection(options);
    this.#exchange = new LinuxExchange(this.#connection, options.clock);
  }

  /** A token for this very account, or `authentication_required`, or `account_mismatch`. Shows nothing. */
  silentFor(ask: TokenAsk, sought: SoughtAccount): Promise<BrokerAnswer> {
    return this.#quietly(ask, async (ask) => {
      checkServed(ask);
      const account = await this.#find(ask, sought);
      if (!account) throw accountNotFound(ask);
      return checkWhose(await this.#exchange.silently(ask, account), { ask, account: sought });
    });
  }

  /** A token for the broker's account of that name, else its first. Only for callers that mean exactly that. */
  silentForDefault(ask: TokenAsk, hint?: string): Promise<BrokerAnswer> {
    return this.#quietly(ask, async (ask) => {
      checkServed(ask);
      const accounts = await this.#exchange.accounts(ask);
      const first =
        hint === undefined ? undefined : accounts.find(({ username }) => isKnownBy([username], hint));
      const account = bestInTenant(sameAs(first ?? accounts[0], accounts), ask.tenantId);
      if (!account) throw this.#nobodyThere(ask);
      return checkWhose(await this.#exchange.silently(ask, account, true), { ask, account });
    });
  }

  /** Asks the person, in the broker's window. One at a time is the caller's care. */
  async interactive(ask: TokenAsk, wish: Omit<DialogWish, "windowHandle">): Promise<BrokerAnswer> {
    const { account: sought, loginHint, force = false, explicit, onRefused } = wish;
    checkServed(ask);
    // Whether there is a broker that answers is known before a window could open.
    const accounts = await this.#quietly(ask, (ask) => this.#exchange.accounts(ask));
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
    const answer = await this.#exchange
      .inWindow(ask, account, { prompt, loginHint: name })
      .catch((error: unknown) => {
        // A broker that signs in nobody but whom it lists, and lists one: that is whom its window is for.
        const only = accounts.length === 1 ? accounts[0] : undefined;
        if (account || sought || !only || !isNeedOfAccount(error)) throw error;
        onRefused?.(error);
        return this.#exchange.inWindow(ask, only, {});
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
      const accounts = await this.#exchange.accounts(ask);
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
      await this.#exchange.remove(ask, account);
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

  /** What the broker says of itself; undefined for one that does not say, which early ones do not. */
  async version(): Promise<string | undefined> {
    return this.#exchange.version();
  }

  /** Leaves the bus; the next question comes back to it. */
  close(): void {
    this.#connection.close();
  }

  async #find(ask: TokenAsk, sought: SoughtAccount): Promise<LinuxAccount | undefined> {
    return found(await this.#exchange.accounts(ask), sought, ask.tenantId);
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

/** @throws CredentialUnavailableError for personal accounts: nobody has seen the broker of Linux serve one */
function checkServed({ tenantId }: TokenAsk): void {
  if (kindOfTenant(tenantId) === "consumers") throw brokerUnavailable({ detail: "personal_unsupported" });
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

function isNeedOfAccount(error: unknown): error is AuthenticationError {
  return isAuthenticationError(error) && error.detail === LINUX_WORDS.account_needed.detail;
}

function accountNotFound({ scopes, claims, correlationId }: TokenAsk): AuthenticationRequiredError {
  return new AuthenticationRequiredError({ ...LINUX_WORDS.account_gone, scopes, claims, correlationId });
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
