import { AuthenticationError, isAuthenticationRequired, type Clock } from "@entrada/core/flow";
import type { WamAccountKind, WindowHandle } from "@entrada/wam";
import { kindOfTenant } from "../contract/account-kind.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { entraAnswer } from "./entra-answer.ts";
import { msaAnswer } from "./msa-answer.ts";
import type { QuietTime } from "./quiet-time.ts";
import { redeemAsk, transferAsk } from "./msa-transfer.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { wamRequestShape, type DialogShape } from "./wam-request-shape.ts";
import type { WamDelivery, WamSender } from "./wam-sender.ts";

/** Which plugin is asked, and for which account; without one, silently, for the one Windows is signed in with. */
export interface WamTarget {
  readonly kind: WamAccountKind;
  readonly webAccountId?: string | undefined;
}

export interface WamExchangeOptions {
  readonly sender: WamSender;
  readonly clock: Clock;
  readonly quiet: QuietTime;
  /** Whether personal accounts are carried over to Entra ID: Microsoft's own applications only. */
  readonly msaPassthrough: boolean;
}

/** One question to WAM and its answer, in the form that the account's kind has. */
export class WamExchange {
  readonly #options: WamExchangeOptions;

  constructor(options: WamExchangeOptions) {
    this.#options = options;
  }

  async silently(ask: TokenAsk, target: WamTarget): Promise<BrokerAnswer> {
    const answer = await this.#silently(ask, target);
    return this.#isExpired(answer) ? this.#renewed(ask, target) : answer;
  }

  #silently(ask: TokenAsk, target: WamTarget): Promise<BrokerAnswer> {
    return this.#exchange(ask, target, (ask, { kind, webAccountId }) =>
      this.#options.sender.silent(ask, {
        ...wamRequestShape(kind, ask),
        ...(webAccountId === undefined ? {} : { webAccountId }),
        ...(ask.renew ? { invalidateFirst: true } : {}),
      }),
    );
  }

  async inDialog(
    ask: TokenAsk,
    target: WamTarget,
    shape: DialogShape,
    windowHandle: WindowHandle,
  ): Promise<BrokerAnswer> {
    const answer = await this.#exchange(ask, target, (ask, { kind, webAccountId }) =>
      this.#options.sender.interactive(ask, {
        ...wamRequestShape(kind, ask, shape),
        ...(webAccountId === undefined ? {} : { webAccountId }),
        windowHandle,
      }),
    );
    const { webAccountId = target.webAccountId, switched } = answer;
    if (!this.#isExpired(answer)) return answer;
    const renewed = await this.#options.quiet
      .within(ask, (ask) => this.#renewed(ask, { ...target, webAccountId }))
      .catch((error: unknown) => {
        // The person has just acted: to ask once more would only go round in circles.
        throw isAuthenticationRequired(error) ? clockSkew(ask, error) : error;
      });
    return { ...renewed, switched };
  }

  /** An expired token comes from Windows's own store: the authority is asked for another. */
  async #renewed(ask: TokenAsk, target: WamTarget): Promise<BrokerAnswer> {
    const answer = await this.#silently({ ...ask, renew: true }, target);
    if (this.#isExpired(answer)) throw clockSkew(ask);
    return answer;
  }

  #isExpired({ expiresOnTimestamp, warnings }: BrokerAnswer): boolean {
    const isKnown = warnings.every(({ code }) => code !== "expires_on_missing");
    return isKnown && expiresOnTimestamp <= this.#options.clock.now();
  }

  async #exchange(
    ask: TokenAsk,
    target: WamTarget,
    send: (ask: TokenAsk, target: WamTarget) => Promise<WamDelivery>,
  ): Promise<BrokerAnswer> {
    const personal = target.kind === "consumers";
    const transfers = this.#options.msaPassthrough && personal && kindOfTenant(ask.tenantId) !== "consumers";
    if (!transfers) {
      const delivery = await send(ask, target);
      return this.#read(ask, personal ? msaAnswer : entraAnswer, delivery);
    }
    const transferred = await send(transferAsk(ask), target);
    const redemption = redeemAsk(ask, transferred.response.token);
    return this.#read(ask, entraAnswer, await send(redemption, { kind: "organizations" }));
  }

  #read(ask: TokenAsk, read: typeof entraAnswer, { response, switched }: WamDelivery): BrokerAnswer {
    return read(response, { ask, now: this.#options.clock.now(), switched });
  }
}

function clockSkew({ correlationId }: TokenAsk, cause?: unknown): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail: "clock_skew",
    what: "Windows gave a token that is expired by this machine's clock, and no better one when it was asked again",
    remedy: "Set the clock of this machine",
    correlationId,
    cause,
  });
}
