import { AuthenticationError, stayAlive } from "@entrada/core/flow";
import { describeUnavailable } from "../availability/unavailable-broker.ts";
import { dialogsOfProcess, inTurn } from "../flow/dialog-turn.ts";
import type { BrokerAnswer } from "../wam/broker-answer.ts";
import type { TokenAsk } from "../wam/token-ask.ts";
import { accountOfListed, authenticationResult } from "./authentication-result.ts";
import { decodeNativeAccountId } from "./native-account-id.ts";
import type {
  AccountInfo,
  AuthenticationResult,
  INativeBrokerPlugin,
  LoggerOptions,
  NativeRequest,
  NativeSignOutRequest,
} from "./native-broker-plugin.ts";
import { oneCallerResult } from "./one-caller-result.ts";
import { PluginAccounts } from "./plugin-accounts.ts";
import { asksForPassthrough, pluginAsk } from "./plugin-ask.ts";
import { PluginBroker } from "./plugin-broker.ts";
import { writtenBy } from "./plugin-error.ts";
import { msalNodeHost, type PluginHost } from "./plugin-host.ts";
import { PluginLog } from "./plugin-log.ts";
import { PluginSession, type PluginRequest } from "./plugin-session.ts";
import { checkPluginOptions, type WamBrokerPluginOptions } from "./wam-broker-plugin-options.ts";

/**
 * The Windows broker for applications of msal-node 5, 6 and 7, without keytar and without a runtime to install.
 *
 * @example
 * ```ts
 * import * as msal from "@azure/msal-node";
 * import { WamBrokerPlugin } from "@entrada/broker";
 *
 * const app = new msal.PublicClientApplication({
 *   auth: { clientId: "<client id>" },
 *   broker: { nativeBrokerPlugin: new WamBrokerPlugin({ msal }) },
 * });
 * ```
 */
export class WamBrokerPlugin implements INativeBrokerPlugin {
  readonly #capabilities: readonly string[];
  readonly #broker: PluginBroker;
  readonly #host: PluginHost;
  readonly #accounts = new PluginAccounts();
  readonly #log = new PluginLog();

  /**
   * @param host - for whom errors are written
   * @throws TypeError naming the wrong option. Nothing is loaded.
   */
  constructor(options: WamBrokerPluginOptions = {}, host: PluginHost = msalNodeHost(options.msal)) {
    checkPluginOptions(options);
    this.#capabilities = options.clientCapabilities ?? [];
    this.#broker = new PluginBroker(options);
    this.#host = host;
  }

  /** Whether msal-node may come here; it looks once, and goes to the browser otherwise. */
  get isBrokerAvailable(): boolean {
    return this.#broker.find().found;
  }

  setLogger(loggerOptions: LoggerOptions): void {
    this.#log.use(loggerOptions);
    const search = this.#broker.find();
    const state = search.found ? "The broker is available." : describeUnavailable(search);
    this.#log.write("info", state, "");
  }

  acquireTokenSilent(request: NativeRequest): Promise<AuthenticationResult> {
    return this.#run("acquireTokenSilent", request.correlationId, async () => {
      const answer = await this.#session(request).silently(this.#askOf(request), request);
      const result = this.#accept(answer, request);
      const { accountId, account } = request as PluginRequest;
      const ambiguous = !accountId && account && !this.#host.oneAccountPerApplication;
      const { writeError } = this.#host;
      return ambiguous
        ? oneCallerResult(result, request, (error) => writeError(error, request.correlationId))
        : result;
    });
  }

  acquireTokenInteractive(request: NativeRequest, windowHandle?: Uint8Array): Promise<AuthenticationResult> {
    return this.#run("acquireTokenInteractive", request.correlationId, async () => {
      const ask = this.#askOf(request);
      const session = this.#session(request);
      const quietly = await session.beforeDialog(ask, request);
      if (quietly) return this.#accept(quietly, request);
      return inTurn(dialogsOfProcess(), ask.signal, async () => {
        const warn = (message: string): void => this.#log.write("warning", message, request.correlationId);
        const window = await this.#broker.window(windowHandle, warn);
        const answer = await session.inDialog(ask, request, window);
        return this.#accept(answer, request);
      });
    });
  }

  getAllAccounts(clientId: string, correlationId: string): Promise<AccountInfo[]> {
    return this.#run("getAllAccounts", correlationId, async () => {
      const listed = await this.#broker.client().list(anyAsk(clientId, correlationId));
      return this.#accounts.all(clientId, listed);
    });
  }

  getAccountById(accountId: string, correlationId: string): Promise<AccountInfo> {
    return this.#run("getAccountById", correlationId, async () => {
      const native = decodeNativeAccountId(accountId);
      if (native?.form !== "wam1" || native.webAccountId === undefined) throw noAccountFound(correlationId);
      const { kind, homeAccountId, webAccountId } = native;
      const webAccount = await this.#broker.client().byId(anyAsk("", correlationId), kind, webAccountId);
      const home = { homeAccountId, certain: true };
      const account = webAccount && accountOfListed({ kind, webAccount, home });
      if (!account) throw noAccountFound(correlationId);
      return account;
    });
  }

  signOut({ clientId, accountId, correlationId }: NativeSignOutRequest): Promise<void> {
    return this.#run("signOut", correlationId, async () => {
      const session = new PluginSession(this.#broker.client(), this.#accounts);
      await session.signOut(anyAsk(clientId, correlationId), accountId);
    });
  }

  #session(request: PluginRequest): PluginSession {
    const wam = this.#broker.client({ msaPassthrough: asksForPassthrough(request) });
    return new PluginSession(wam, this.#accounts);
  }

  #accept(answer: BrokerAnswer, request: NativeRequest): AuthenticationResult {
    for (const { message } of answer.warnings) this.#log.write("warning", message, request.correlationId);
    const result = authenticationResult(answer, request);
    if (result.account) this.#accounts.meet(request.clientId, result.account);
    return result;
  }

  #askOf(request: PluginRequest): TokenAsk {
    return pluginAsk(request, {
      clientCapabilities: this.#capabilities,
      signal: request.abortSignal ?? new AbortController().signal,
      warn: (message) => this.#log.write("warning", message, request.correlationId),
    });
  }

  /** Runs one of the contract's methods: it always settles, and fails with the host's kind of error. */
  async #run<T>(method: string, correlationId: string, work: () => Promise<T>): Promise<T> {
    this.#log.write("verbose", `${method} called`, correlationId);
    try {
      return await stayAlive(work());
    } catch (error) {
      const written = writtenBy(this.#host.writeError, error, correlationId);
      this.#log.write(
        "info",
        `${method} failed: ${written instanceof Error ? written.name : "unknown"}`,
        correlationId,
      );
      throw written;
    }
  }
}

// For calls that are about accounts, not tokens: those of all tenants of the public cloud.
function anyAsk(clientId: string, correlationId: string): TokenAsk {
  return {
    clientId,
    authorityHost: "https://login.microsoftonline.com",
    tenantId: "organizations",
    scopes: [],
    correlationId,
    signal: new AbortController().signal,
  };
}

function noAccountFound(correlationId: string): AuthenticationError {
  return new AuthenticationError({
    code: "service",
    detail: "no_account_found",
    what: "Windows does not know this account",
    remedy: "Use an account of getAllAccounts()",
    correlationId,
  });
}
