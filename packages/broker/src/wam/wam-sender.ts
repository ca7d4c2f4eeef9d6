import { pause, type Clock } from "@entrada/core/flow";
import { WamRequestStatus, type WamRequest, type WamResponse, type WamTransport } from "@entrada/wam";
import { callWam } from "./call-wam.ts";
import { checkedResult } from "../contract/checked-result.ts";
import { refusalError } from "../refusals/refusal-error.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { failedBeforeShowing } from "../refusals/shown-by-step.ts";
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

/** A silent request that is cancelled was cancelled by Windows: a hiccup, too, if it passes with the next. */
function pausesAfterSilence({ meaning }: WamRefusal): readonly number[] {
  if (meaning.kind === "cancelled") return PAUSES_IN_MS.slice(0, 1);
  return meaning.kind === "passing" ? PAUSES_IN_MS : [];
}

function pausesBeforeDialog({ meaning, step }: WamRefusal): readonly number[] {
  return meaning.kind === "passing" && failedBeforeShowing(step) ? PAUSES_IN_MS : [];
}

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
    const outcome = await this.#attempts(ask, { ...request, mode: "silent" }, pausesAfterSilence);
    // Nobody was asked, so nobody can have switched: an answer for somebody else is a wrong one.
    if ("response" in outcome) return { ...outcome, switched: false };
    throw refusalError(outcome, { ask, interactive: false });
  }

  /** A request that may show WAM's dialog: one attempt once the person may have seen it. */
  async interactive(ask: TokenAsk, request: Sendable): Promise<WamDelivery> {
    let start = 0;
    const begin = (): number => (start = this.#clock.monotonic());
    const outcome = await this.#attempts(ask, { ...request, mode: "window" }, pausesBeforeDialog, begin);
    if ("response" in outcome) return outcome;
    const openForMs = this.#clock.monotonic() - start;
    throw refusalError(outcome, { ask, interactive: true, openForMs });
  }

  async #attempts(
    ask: TokenAsk,
    request: Sendable & Pick<WamRequest, "mode">,
    pausesAfter: (refusal: WamRefusal) => readonly number[],
    begin: () => void = () => undefined,
  ): Promise<WamDelivery | WamRefusal> {
    const start = this.#clock.monotonic();
    for (let attempt = 0; ; attempt += 1) {
      begin();
      const outcome = await this.#send(ask, request);
      if ("response" in outcome) return outcome;
      const pauseInMs = pausesAfter(outcome)[attempt];
      if (pauseInMs === undefined) return outcome;
      if (this.#clock.monotonic() - start + pauseInMs > RETRY_BUDGET_IN_MS) return outcome;
      await pause(this.#clock, pauseInMs, ask.signal);
    }
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
      if (switched) return refusalOfResult(result);
      throw unacceptable("the list of answers");
    } catch (error) {
      if (isWamError(error)) return refusalOfError(error);
      throw transportError(error, ask);
    }
  }
}
