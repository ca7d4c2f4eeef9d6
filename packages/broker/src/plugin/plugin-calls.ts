import { AuthenticationError } from "@entrada/core/credential";
import { systemClock } from "@entrada/core/flow";
import type { WindowHandle } from "@entrada/wam";
import { currentWindow } from "../dialog/current-window.ts";
import { dialogsOfProcess, inTurn } from "../dialog/dialog-turn.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import type { BrokerClient } from "../contract/broker-client.ts";
import { TenantNames } from "../contract/tenant-names.ts";
import { openBrokerClient } from "../open-broker-client.ts";
import { accountOfListed, authenticationResult } from "./authentication-result.ts";
import { decodeNativeAccountId } from "./native-account-id.ts";
import type {
  AccountInfo,
  AuthenticationResult,
  NativeRequest,
  NativeSignOutRequest,
} from "./native-broker-plugin.ts";
import { oneCallerResult } from "./one-caller-result.ts";
import { PluginAccounts } from "./plugin-accounts.ts";
import { asksForPassthrough, pluginAsk } from "./plugin-ask.ts";
import type { PluginBroker } from "./plugin-broker.ts";
import { writtenBy } from "./plugin-error.ts";
import { pluginHost, type PluginHost, type PluginHostName } from "./plugin-host.ts";
import type { PluginLog } from "./plugin-log.ts";
import { PluginSession, type PluginRequest } from "./plugin-session.ts";
import { sharedDialogsBy, type SharedDialogs } from "./shared-dialog.ts";
import { tenantIdByAuthority } from "./tenant-id-by-authority.ts";
import type { WamBrokerPluginOptions } from "./wam-broker-plugin-options.ts";

export interface PluginCallsOptions {
  readonly options: WamBrokerPluginOptions;
  readonly broker: PluginBroker;
  /** For whom errors are written. */
  readonly host: PluginHostName;
  readonly log: PluginLog;
}

const SILENT_TIMEOUT_IN_MS = 30_000;

/** What the methods of `WamBrokerPlugin` do, in a part of its own that is loaded at the first call. */
export class PluginCalls {
  readonly #settings: PluginCallsOptions;
  readonly #host: PluginHost;
  readonly #accounts = new PluginAccounts();
  readonly #dialogs: SharedDialogs;
  #tenants: TenantNames | undefined;

  constructor(settings: PluginCallsOptions) {
    this.#settings = settings;
    this.#host = pluginHost(settings.host, settings.options.msal);
    this.#dialogs = sharedDialogsBy(settings.options.transport);
  }

  /** Does one call, and tells the log when it fails: with the host's kind of error. */
  async reported<T>(
    method: string,
    correlationId: string,
    call: (calls: PluginCalls) => Promise<T>,
  ): Promise<T> {
    try {
      return await call(this);
    } catch (error) {
      const written = writtenBy(this.#host.writeError, error, correlationId);
      const name = written instanceof Error ? written.name : "unknown";
      this.#settings.log.write("info", `${method} failed: ${name}`, correlationId);
      throw written;
    }
  }

  async acquireTokenSilent(request: NativeRequest): Promise<AuthenticationResult> {
    const { oneAccountPerApplication, writeError } = this.#host;
    const answer = await (await this.#session(request)).silently(this.#askOf(request), request);
    const result = this.#accept(answer, request);
    const { accountId, account } = request as PluginRequest;
    const ambiguous = !accountId && account && !oneAccountPerApplication;
    return ambiguous
      ? oneCallerResult(result, request, (error) => writeError(error, request.correlationId))
      : result;
  }

  async acquireTokenInteractive(
    request: NativeRequest,
    windowHandle?: Uint8Array,
  ): Promise<AuthenticationResult> {
    const ask = this.#askOf(request);
    const session = await this.#session(request);
    const quietly = await session.beforeDialog(ask, request);
    if (quietly) return this.#accept(quietly, request);
    const { signal } = ask;
    const show = (): Promise<BrokerAnswer> =>
      inTurn(dialogsOfProcess(), signal, async () =>
        session.inDialog(ask, request, await this.#windowFor(request, windowHandle)),
      );
    const answer = this.#host.oneAccountPerApplication
      ? await this.#dialogs.ask(request, { signal, show, as: (other) => session.silentlyAs(ask, other) })
      : await show();
    return this.#accept(answer, request);
  }

  async getAllAccounts(clientId: string, correlationId: string): Promise<AccountInfo[]> {
    const listed = await (await this.#client()).list(anyAsk(clientId, correlationId));
    return this.#accounts.all(clientId, listed);
  }

  async getAccountById(accountId: string, correlationId: string): Promise<AccountInfo> {
    const native = decodeNativeAccountId(accountId);
    if (native?.form !== "wam1" || native.webAccountId === undefined) throw noAccountFound(correlationId);
    const { kind, homeAccountId, webAccountId } = native;
    const known = await (await this.#client()).byId(anyAsk("", correlationId), kind, webAccountId);
    const account = known && accountOfListed({ ...known, home: { homeAccountId, certain: true } });
    if (!account) throw noAccountFound(correlationId);
    return account;
  }

  async signOut({ clientId, accountId, correlationId }: NativeSignOutRequest): Promise<void> {
    const session = new PluginSession(await this.#client(), this.#accounts);
    await session.signOut(anyAsk(clientId, correlationId), accountId);
  }

  /** @throws CredentialUnavailableError where there is no broker */
  async #client(msaPassthrough = false): Promise<BrokerClient> {
    const { broker, options } = this.#settings;
    const { clock = systemClock, silentTimeoutInMs = SILENT_TIMEOUT_IN_MS } = options;
    return openBrokerClient(broker.found(), {
      clock,
      silentTimeoutInMs,
      msaPassthrough,
      hasFallback: false,
      tenants: (this.#tenants ??= new TenantNames(tenantIdByAuthority, clock)),
    });
  }

  /** The dialog's owner: the request's window, else the option's, else the console's. */
  async #windowFor({ correlationId }: NativeRequest, handle: Uint8Array | undefined): Promise<WindowHandle> {
    const { broker, options, log } = this.#settings;
    // msal-node's own "no handle" is one zero byte; @azure/identity's is an empty array.
    const given = handle !== undefined && handle.byteLength > 1 ? handle : undefined;
    if (broker.found().kind === "linux") return "console";
    return currentWindow(given ?? options.parentWindowHandle, {
      windows: await this.#client(),
      warn: (_code, message) => log.write("warning", message, correlationId),
    });
  }

  async #session(request: PluginRequest): Promise<PluginSession> {
    return new PluginSession(await this.#client(asksForPassthrough(request)), this.#accounts);
  }

  #accept(answer: BrokerAnswer, request: NativeRequest): AuthenticationResult {
    const { log } = this.#settings;
    for (const { message } of answer.warnings) log.write("warning", message, request.correlationId);
    const result = authenticationResult(answer, request);
    if (result.account) this.#accounts.meet(request.clientId, result.account);
    return result;
  }

  #askOf(request: PluginRequest): TokenAsk {
    const { options, log } = this.#settings;
    return pluginAsk(request, {
      clientCapabilities: options.clientCapabilities ?? [],
      signal: request.abortSignal ?? new AbortController().signal,
      warn: (message) => log.write("warning", message, request.correlationId),
    });
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
