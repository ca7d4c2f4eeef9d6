import { AuthenticationError, pause, type Clock } from "@entrada/core/flow";
import { WamRequestStatus, type WamRequest, type WamResponse, type WamTransport } from "@entrada/wam";
import { callWam } from "./call-wam.ts";
import { checkedResult } from "../contract/checked-result.ts";
import { refusalError } from "../refusals/refusal-error.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { REFUSAL_WORDS } from "../refusals/status-meanings.ts";
import { transportError } from "../refusals/transport-error.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";
import { isWamError, refusalOfError, refusalOfResult, type WamRefusal } from "../refusals/wam-refusal.ts";

/** What WAM answered when it gave something. */
export interface WamDelivery {
  readonly response: WamResponse;
  readonly switched: boolean;
}

type Sendable = Omit<WamRequest, "operationId" | "background" | "mode" | "clientId" | "correlationId">;

const PAUSES_IN_MS = [500, 1500];
const RETRY_BUDGET_IN_MS = 8000;

/** Sends token requests to WAM, and asks again where only Windows's own hiccup stood in the way. */
export class WamSender {
  readonly #transport: WamTransport;
  readonly #clock: Clock;

  constructor(transport: WamTransport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  /** A request that shows nothing: up to three attempts within eight seconds. */
  async silent(ask: TokenAsk, request: Sendable): Promise<WamDelivery> {
    const start = this.#clock.monotonic();
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#send(ask, { ...request, mode: "silent" });
      // Nobody was asked, so nobody can have switched: an answer for somebody else is a wrong one.
      if ("response" in outcome) return { ...outcome, switched: false };
      const pauseInMs = PAUSES_IN_MS[attempt];
      const passes = outcome.meaning.kind === "passing" && pauseInMs !== undefined;
      if (!passes || this.#clock.monotonic() - start + pauseInMs > RETRY_BUDGET_IN_MS) {
        throw refusalError(outcome, { ask, interactive: false });
      }
      await pause(this.#clock, pauseInMs, ask.signal);
    }
  }

  /** A request that may show WAM's dialog: one attempt, since the person may have seen it. */
  async interactive(ask: TokenAsk, request: Sendable): Promise<WamDelivery> {
    const outcome = await this.#send(ask, { ...request, mode: "window" });
    if ("response" in outcome) return outcome;
    throw refusalError(outcome, { ask, interactive: true });
  }

  async #send(
    ask: TokenAsk,
    request: Sendable & Pick<WamRequest, "mode">,
  ): Promise<WamDelivery | WamRefusal> {
    const { clientId, correlationId } = ask;
    try {
      const result = checkedResult(
        await callWam(this.#transport, ask, (operation) =>
          this.#transport.request({ ...request, ...operation, clientId, correlationId }),
        ),
      );
      const switched = result.status === WamRequestStatus.accountSwitch;
      if (!switched && result.status !== WamRequestStatus.success) return refusalOfResult(result);
      const response = result.responses[0];
      if (response) return { response, switched };
      throw switched
        ? new AuthenticationError(REFUSAL_WORDS.switched_without_token)
        : unacceptable("the list of answers");
    } catch (error) {
      if (isWamError(error)) return refusalOfError(error);
      throw transportError(error, ask);
    }
  }
}
