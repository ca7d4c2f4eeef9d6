import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import type { AuthorityAnswer, AuthorityClient, AuthorityRequest } from "../network/authority-client.ts";
import {
  checkTokenAnswer,
  type CheckedTokenAnswer,
  type TokenExpectations,
} from "../network/token-answer.ts";
import { serverError, type ServerErrorContext } from "../network/server-error.ts";
import type { JsonObject } from "../network/null-prototype-json.ts";

export interface TokenExchangeSettings {
  readonly client: AuthorityClient;
  readonly signal: AbortSignal;
  readonly correlationId: string;
  readonly repeat: AuthorityRequest["repeat"];
  readonly expectations: Omit<TokenExpectations, "now" | "skewInMs">;
  readonly errorContext: ServerErrorContext;
  /** Wall clock in ms, read when the answer is there. */
  readonly now: () => number;
  /** Answers that a flow already has, by URL: nothing is sent for these. */
  readonly known?: Readonly<Record<string, AuthorityAnswer>>;
}

/**
 * The network that msal-node is given for one redemption. msal-node looks at neither status nor types, so an answer is
 * judged here before it sees it; and it replaces a failure by one of its own without a cause, so ours is kept aside.
 */
export class TokenExchange implements INetworkModule {
  readonly #settings: TokenExchangeSettings;
  #failure: unknown;
  #checked: CheckedTokenAnswer | undefined;

  constructor(settings: TokenExchangeSettings) {
    this.#settings = settings;
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
      const answer = this.#knownAnswer(url) ?? (await this.#send(url, options));
      const isToken = !("user_code" in answer.json);
      if (isToken) this.#check(answer);
      return { status: answer.status, headers: {}, body: { ...answer.json } as T };
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  // msal-node adds its correlation id as a query parameter to some of the URLs that it was given.
  #knownAnswer(url: string): AuthorityAnswer | undefined {
    return Object.entries(this.#settings.known ?? {}).find(
      ([endpoint]) => url === endpoint || url.startsWith(`${endpoint}?`) || url.startsWith(`${endpoint}&`),
    )?.[1];
  }

  #send(url: string, options: NetworkRequestOptions): Promise<AuthorityAnswer> {
    const { client, signal, correlationId, repeat } = this.#settings;
    return client.send({
      method: "POST",
      url,
      ...(options.headers ? { headers: options.headers } : {}),
      body: options.body ?? "",
      signal,
      correlationId,
      repeat,
    });
  }

  #check(answer: AuthorityAnswer): void {
    const { expectations, errorContext, now } = this.#settings;
    if (isError(answer.json)) throw serverError(answer, errorContext);
    this.#checked = checkTokenAnswer(answer.json, { ...expectations, now: now(), skewInMs: answer.skewInMs });
  }
}

function isError(json: JsonObject): boolean {
  return json["error"] !== undefined;
}
