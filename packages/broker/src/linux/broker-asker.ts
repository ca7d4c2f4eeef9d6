import { isAuthenticationError, pause, throwIfAborted, type Clock } from "@entrada/core/flow";
import { BusError } from "@entrada/core/dbus";
import type { TokenAsk } from "../contract/token-ask.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";
import type { BrokerConnection } from "./broker-connection.ts";
import { isTooEarly, meaningOfBusError } from "./bus-meanings.ts";
import { LIMITS, PROTOCOL_VERSION, type BrokerMethod } from "./broker-service.ts";
import { fieldOf, fieldsOf, textOf, type JsonFields } from "./json-fields.ts";
import { linuxRefusalError, refusalOfObject, type LinuxRefusal } from "./linux-refusal.ts";

export interface BrokerQuestion {
  readonly method: BrokerMethod;
  readonly request: object;
  readonly ask: TokenAsk;
  readonly correlationId: string;
  /** Whether a window may open: then nothing is asked twice. @defaultValue false */
  readonly inWindow?: boolean;
  /** Whether there is another way where this fails: then it is no reason to give the broker up. @defaultValue false */
  readonly followed?: boolean;
}

/** One call that is worth another try, and after which pause. */
const AGAIN_AFTER_IN_MS: ReadonlyMap<string, number> = new Map([
  // The bus starts the broker anew.
  ["ended", 0],
  ["daemon_down", LIMITS.daemonPause],
  ["no_network", LIMITS.daemonPause],
  ["server_busy", LIMITS.daemonPause],
]);

const GIVE_TOKENS: readonly BrokerMethod[] = ["acquireTokenSilently", "acquireTokenInteractively"];

/** Puts questions to the broker, and turns what is no answer into typed errors. */
export class BrokerAsker {
  readonly #connection: BrokerConnection;
  readonly #clock: Clock;
  /** What it has done well. That it lists accounts does not yet say that it gives tokens. */
  readonly #done = new Set<BrokerMethod>();

  constructor(connection: BrokerConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /**
   * The object that the broker answers with, without an error in it.
   * @throws AuthenticationError what a refusal means
   */
  async ask(question: BrokerQuestion): Promise<JsonFields> {
    const { ask, inWindow = false, followed = false, method } = question;
    for (let attempt = 0; ; attempt += 1) {
      const start = this.#clock.monotonic();
      const outcome = await this.#send(question);
      if (!("meaning" in outcome)) {
        this.#done.add(method);
        return outcome.answer;
      }
      const pauseInMs = AGAIN_AFTER_IN_MS.get(outcome.meaning.kind);
      if (inWindow || attempt > 0 || pauseInMs === undefined) {
        const openForMs = inWindow ? this.#clock.monotonic() - start : undefined;
        throw linuxRefusalError(outcome, {
          ask,
          inWindow,
          openForMs,
          served: followed || this.#hasServed(method),
        });
      }
      await pause(this.#clock, pauseInMs, ask.signal);
    }
  }

  #hasServed(method: BrokerMethod): boolean {
    return [method, ...GIVE_TOKENS].some((each) => this.#done.has(each));
  }

  async #send(question: BrokerQuestion): Promise<{ readonly answer: JsonFields } | LinuxRefusal> {
    const { method, inWindow = false } = question;
    let text: string;
    try {
      text = await this.#call(question);
    } catch (error) {
      throwIfAborted(question.ask.signal);
      if (isAuthenticationError(error) || !(error instanceof BusError)) throw error;
      const meaning = meaningOfBusError(error);
      // Nobody can close a connection during a window without having seen it.
      return { meaning, cause: error };
    }
    // Himmelblau's way to refuse.
    if (text === "") return { meaning: { kind: inWindow ? "sign_in_failed" : "person_needed" } };
    const answer = parsed(text);
    const error = errorIn(answer, method);
    if (error === undefined) return { answer };
    return refusalOfObject(
      error,
      inWindow,
      textOf(fieldsOf(fieldOf(answer, "telemetry")), "api_status_code"),
    );
  }

  /** Calls, also where the broker's object comes a little after its name. */
  async #call({ method, request, ask, correlationId }: BrokerQuestion): Promise<string> {
    const texts = [PROTOCOL_VERSION, correlationId, JSON.stringify(request)];
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#connection.call(method, texts, ask.signal);
      } catch (error) {
        const isEarly = error instanceof BusError && isTooEarly(error);
        if (!isEarly || attempt * LIMITS.objectPause >= LIMITS.object) throw error;
        await pause(this.#clock, LIMITS.objectPause, ask.signal);
      }
    }
  }
}

function parsed(text: string): JsonFields {
  let answer: JsonFields | undefined;
  try {
    answer = fieldsOf(JSON.parse(text));
  } catch {
    // The parser's own message quotes the text, and the text may hold a token.
  }
  if (answer === undefined) throw unacceptable("the JSON");
  return answer;
}

/** The error in an answer, wherever it stands: a token beside it does not make up for it. */
function errorIn(answer: JsonFields, method: BrokerMethod): JsonFields | undefined {
  const token = fieldsOf(fieldOf(answer, "brokerTokenResponse"));
  const errors = [fieldOf(answer, "error"), fieldOf(token, "error")].filter(
    (error) => error !== undefined && error !== null && error !== "",
  );
  if (errors.length === 0) return undefined;
  // The accounts of one kind were listed, those of the other could not be.
  const accounts = fieldOf(answer, "accounts");
  if (method === "getAccounts" && Array.isArray(accounts) && accounts.length > 0) return undefined;
  return fieldsOf(errors[0]) ?? (typeof errors[0] === "string" ? { context: errors[0] } : {});
}
