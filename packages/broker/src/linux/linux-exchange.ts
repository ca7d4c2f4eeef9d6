import {
  AbortError,
  AuthenticationError,
  isAuthenticationError,
  throwIfAborted,
  withinTime,
  type Clock,
} from "@entrada/core/flow";
import { firstText, type BrokerAnswer } from "../contract/broker-answer.ts";
import { isGuid } from "../contract/guid.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";
import { BrokerAsker } from "./broker-asker.ts";
import type { BrokerConnection } from "./broker-connection.ts";
import {
  accountsRequest,
  cancelRequest,
  removeRequest,
  silentRequest,
  versionRequest,
  windowRequest,
  type WindowShape,
} from "./broker-requests.ts";
import { LIMITS, PROTOCOL_VERSION } from "./broker-service.ts";
import { fieldOf, fieldsOf, type JsonFields } from "./json-fields.ts";
import { isOfCloud, readAccounts, type LinuxAccount } from "./linux-account.ts";
import { linuxAnswer } from "./linux-answer.ts";
import { LINUX_WORDS } from "./status-meanings.ts";

/** Questions to the Linux broker and its answers: what is asked, whoever is meant. */
export class LinuxExchange {
  readonly #connection: BrokerConnection;
  readonly #clock: Clock;
  readonly #asker: BrokerAsker;

  constructor(connection: BrokerConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#asker = new BrokerAsker(connection, clock);
  }

  /** The broker's accounts of the asked cloud. */
  async accounts(ask: TokenAsk): Promise<readonly LinuxAccount[]> {
    const request = accountsRequest(ask);
    const answer = await this.#asker.ask({
      method: "getAccounts",
      request,
      ask,
      correlationId: idOf(ask),
    });
    return readAccounts(answer).filter((account) => isOfCloud(account, ask.authorityHost));
  }

  /**
   * A token for an account, without showing anything. One that is expired is asked for once more.
   * @param followed - whether the person is asked where there is none
   */
  async silently(ask: TokenAsk, account: LinuxAccount, followed = false): Promise<BrokerAnswer> {
    const first = await this.#token(ask, account, { followed });
    const isExpired = first.expiresOnTimestamp < this.#clock.now() && first.warnings.length === 0;
    if (!ask.renew && !isExpired) return first;
    // The broker renews a token that it is shown.
    const second = await this.#token(ask, account, { followed, renew: first.token });
    if (second.expiresOnTimestamp < this.#clock.now() && second.warnings.length === 0) throw clockSkew(ask);
    return second;
  }

  /** A token with a person's help. An abort is told to the broker. */
  async inWindow(
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
      return linuxAnswer(tokenIn(answer), { ask, account, now: this.#clock.now() });
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Removes an account, for this application or more. One that is gone is as good as removed. */
  async remove(ask: TokenAsk, account: LinuxAccount): Promise<void> {
    try {
      const request = removeRequest(ask, account);
      const question = { request, ask, correlationId: idOf(ask), followed: true };
      await this.#asker.ask({ method: "removeAccount", ...question });
    } catch (error) {
      // Gone already; or a broker that cannot: then the application alone forgets it.
      if (!isAuthenticationError(error) || !AS_GOOD_AS_REMOVED.has(error.detail ?? "")) throw error;
    }
  }

  /** For people who look for a fault: nothing else depends on it. */
  async version(): Promise<string | undefined> {
    const texts = [PROTOCOL_VERSION, crypto.randomUUID(), JSON.stringify(versionRequest(NOBODY))];
    const limit = {
      clock: this.#clock,
      limitInMs: LIMITS.version,
      signal: new AbortController().signal,
      tooLate: () => new Error("The broker does not say its version."),
    };
    try {
      const answer = await withinTime(limit, (signal) =>
        this.#connection.call("getLinuxBrokerVersion", texts, signal),
      );
      return firstText(fieldOf(fieldsOf(JSON.parse(answer)), "linuxBrokerVersion"));
    } catch {
      return undefined; // early brokers do not know the question
    }
  }

  async #token(
    ask: TokenAsk,
    account: LinuxAccount,
    { followed, renew }: { readonly followed: boolean; readonly renew?: string },
  ): Promise<BrokerAnswer> {
    const request = silentRequest(ask, account, renew);
    const answer = await this.#asker.ask({
      method: "acquireTokenSilently",
      request,
      ask,
      correlationId: idOf(ask),
      followed,
    });
    return linuxAnswer(tokenIn(answer), { ask, account, now: this.#clock.now() });
  }

  /** Asks the broker to close its window. Nobody waits for it: the caller has gone on already. */
  #cancel(ask: TokenAsk, correlationId: string): void {
    const texts = [PROTOCOL_VERSION, correlationId, JSON.stringify(cancelRequest(ask, correlationId))];
    const limit = {
      clock: this.#clock,
      limitInMs: LIMITS.cancel,
      signal: new AbortController().signal,
      tooLate: () => new AbortError(ask.signal),
    };
    withinTime(limit, (signal) => this.#connection.call("cancelInteractiveFlow", texts, signal)).catch(() => {
      // The window may stay: a broker that cannot close it says so, or nothing.
    });
  }
}

/** The version is nobody's: any application may ask. */
const NOBODY = "00000000-0000-0000-0000-000000000000";
const AS_GOOD_AS_REMOVED: ReadonlySet<string> = new Set([
  LINUX_WORDS.account_gone.detail,
  LINUX_WORDS.unexpected.detail,
  "broker_too_old",
]);

/** The flow's id in the only form that every broker takes. */
function idOf({ correlationId }: TokenAsk): string {
  return (isGuid(correlationId) ? correlationId : crypto.randomUUID()).toLowerCase();
}

function tokenIn(answer: JsonFields): JsonFields {
  const token = fieldsOf(fieldOf(answer, "brokerTokenResponse"));
  if (token === undefined) throw unacceptable("the token response");
  return token;
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
