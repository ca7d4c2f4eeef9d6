import {
  InteractiveBrowserCredential,
  type AuthenticationRecord,
  type InteractiveCredential,
} from "@entrada/core";
import { isAuthenticationRequired, OPTION_DEFAULTS } from "@entrada/core/credential";
import { namingTheCommand, StoreWatch, storedToken, type Session } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import type { AgentToken, TokenRequest } from "./token-request.ts";

export interface AgentTokensOptions {
  readonly session: Session;
  /** Whether the person at the terminal may be asked when the stored sign-in does not do. */
  readonly mayAsk: boolean;
  readonly deviceCode: boolean;
  readonly terminal: Terminal;
}

/** The tokens of one sign-in, kept in memory, for all requests of a child; where they end the person is asked. */
export class AgentTokens implements AsyncDisposable {
  readonly #options: AgentTokensOptions;
  readonly #ended = new AbortController();
  readonly #store = new StoreWatch();
  #interrupted = new AbortController();
  #credential: InteractiveCredential | undefined;
  #signedIn: Promise<AuthenticationRecord> | undefined;
  #refusedAt = -Infinity;

  constructor(options: AgentTokensOptions) {
    this.#options = options;
    const { session } = options;
    if (session.account === undefined) return;
    this.#credential = new InteractiveBrowserCredential({
      ...session.credential,
      disableAutomaticAuthentication: true,
      onEvent: this.#store.onEvent,
    });
  }

  async tokenFor(request: TokenRequest): Promise<AgentToken> {
    try {
      return await this.#held(request);
    } catch (error) {
      if (!this.#options.mayAsk || this.#rests() || !isAuthenticationRequired(error)) throw error;
    }
    await this.#signIn(request);
    return this.#held(request);
  }

  /** The person has pressed Ctrl-C: a sign-in under way ends, and a later one may begin. */
  interrupt(): void {
    this.#interrupted.abort();
    this.#interrupted = new AbortController();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#credential?.[Symbol.asyncDispose]();
  }

  // Programs ask again at once: the person who has said no, or was not there, is left alone for a while.
  #rests(): boolean {
    return performance.now() - this.#refusedAt < OPTION_DEFAULTS.promptCooldownInMs;
  }

  async #held({ scopes, claims, tenantId }: TokenRequest): Promise<AgentToken> {
    const { session } = this.#options;
    const options = {
      abortSignal: this.#ended.signal,
      ...(claims === undefined ? {} : { claims }),
      ...(tenantId === undefined ? {} : { tenantId }),
    };
    if (this.#credential === undefined) return storedToken(session, scopes, options);
    const credential = this.#credential;
    return namingTheCommand(session, () =>
      this.#store.explaining(() => credential.getToken([...scopes], options)),
    );
  }

  // All requests that need the person wait for one sign-in.
  async #signIn({ scopes, claims }: TokenRequest): Promise<AuthenticationRecord> {
    this.#signedIn ??= this.#ask(scopes, claims).finally(() => (this.#signedIn = undefined));
    return this.#signedIn;
  }

  async #ask(scopes: readonly string[], claims: string | undefined): Promise<AuthenticationRecord> {
    const { session, deviceCode, terminal } = this.#options;
    const choices = { deviceCode, hint: session.account?.username };
    const { askingCredential } = await import("../sign-in.ts");
    const asking = await askingCredential(session, choices, terminal);
    try {
      const record = await asking.authenticate([...scopes], {
        forcePrompt: true,
        abortSignal: AbortSignal.any([this.#ended.signal, this.#interrupted.signal]),
        ...(claims === undefined ? {} : { claims }),
      });
      session.remember(record);
      await this.#credential?.[Symbol.asyncDispose]();
      this.#credential = asking;
      return record;
    } catch (error) {
      this.#refusedAt = performance.now();
      await asking[Symbol.asyncDispose]();
      throw error;
    }
  }
}
