import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import type { AuthorityAnswer, AuthorityClient, AuthorityRequest } from "../authority/authority-client.ts";
import { checkTokenAnswer, type CheckedTokenAnswer } from "../tokens/token-answer.ts";
import type { TokenExpectations } from "../tokens/token-expectations.ts";
import { isRefusal, serverError, type ServerErrorContext } from "../refusals/server-error.ts";

export interface TokenExchangeSettings {
  readonly client: AuthorityClient;
  readonly signal: AbortSignal;
  readonly background: boolean;
  readonly explicit: boolean;
  readonly correlationId: string;
  readonly repeat: AuthorityRequest["repeat"];
  readonly expectations: Omit<TokenExpectations, "now" | "skewInMs">;
  readonly errorContext: ServerErrorContext;
  /** Wall clock in ms, read when the answer is there. */
  readonly now: () => number;
  /** Answers that the flow has already, in the order in which msal-node asks for them: nothing is sent for these. */
  readonly known: readonly AuthorityAnswer[];
}

/**
 * The network that msal-node is given for one redemption. msal-node looks at neither status nor types, so an answer is
 * judged here before it sees it; and it replaces a failure by one of its own without a cause, so ours is kept aside.
 */
export class TokenExchange implements INetworkModule {
  readonly #settings: TokenExchangeSettings;
  readonly #known: AuthorityAnswer[];
  #failure: unknown;
  #checked: CheckedTokenAnswer | undefined;

  constructor(settings: TokenExchangeSettings) {
    this.#settings = settings;
    this.#known = [...settings.known];
  }

  /** What really went wrong, if the exchange failed. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The token answer that passed all checks. */
  get checked(): CheckedTokenAnswer | undefined {
    return this.#checked;
  }

  sendGetRequestAsync<T>(): Promise<NetworkResponse<T>> {
    // All metadata is handed to msal-node, so a GET would be a request that nobody checked.
    return Promise.reject(new Error("msal-node asked for metadata that it was given"));
  }

  async sendPostRequestAsync<T>(
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    try {
      const answer = this.#known.shift() ?? (await this.#send(url, options));
      if (this.#known.length === 0) this.#check(answer);
      return { status: answer.status, headers: {}, body: { ...answer.json } as T };
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  #send(url: string, options: NetworkRequestOptions): Promise<AuthorityAnswer> {
    const { client, signal, correlationId, repeat, background, explicit } = this.#settings;
    return client.send({
      method: "POST",
      url,
      ...(options.headers ? { headers: options.headers } : {}),
      body: options.body ?? "",
      signal,
      correlationId,
      repeat,
      background,
      explicit,
    });
  }

  #check(answer: AuthorityAnswer): void {
    const { expectations, errorContext, now } = this.#settings;
    if (isRefusal(answer)) throw serverError(answer, errorContext);
    this.#checked = checkTokenAnswer(answer.json, { ...expectations, now: now(), skewInMs: answer.skewInMs });
  }
}
