import { stayAlive } from "@entrada/core/credential";
import { describeUnavailable } from "../availability/unavailable-broker.ts";
import type {
  AccountInfo,
  AuthenticationResult,
  INativeBrokerPlugin,
  LoggerOptions,
  NativeRequest,
  NativeSignOutRequest,
} from "./native-broker-plugin.ts";
import { PluginBroker } from "./plugin-broker.ts";
import type { PluginCalls } from "./plugin-calls.ts";
import type { PluginHostName } from "./plugin-host.ts";
import { PluginLog } from "./plugin-log.ts";
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
  readonly #options: WamBrokerPluginOptions;
  readonly #broker: PluginBroker;
  readonly #host: PluginHostName;
  readonly #log = new PluginLog();
  #calls: PluginCalls | undefined;

  /**
   * @param host - for whom errors are written
   * @throws TypeError naming the wrong option. Nothing is loaded.
   */
  constructor(options: WamBrokerPluginOptions = {}, host: "msal-node" | "identity" = "msal-node") {
    checkPluginOptions(options);
    this.#options = options;
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
    return this.#run("acquireTokenSilent", request.correlationId, (calls) =>
      calls.acquireTokenSilent(request),
    );
  }

  acquireTokenInteractive(request: NativeRequest, windowHandle?: Uint8Array): Promise<AuthenticationResult> {
    return this.#run("acquireTokenInteractive", request.correlationId, (calls) =>
      calls.acquireTokenInteractive(request, windowHandle),
    );
  }

  getAllAccounts(clientId: string, correlationId: string): Promise<AccountInfo[]> {
    return this.#run("getAllAccounts", correlationId, (calls) =>
      calls.getAllAccounts(clientId, correlationId),
    );
  }

  getAccountById(accountId: string, correlationId: string): Promise<AccountInfo> {
    return this.#run("getAccountById", correlationId, (calls) =>
      calls.getAccountById(accountId, correlationId),
    );
  }

  signOut(request: NativeSignOutRequest): Promise<void> {
    return this.#run("signOut", request.correlationId, (calls) => calls.signOut(request));
  }

  /** Runs one of the contract's methods: it always settles. */
  async #run<T>(method: string, correlationId: string, work: (calls: PluginCalls) => Promise<T>): Promise<T> {
    this.#log.write("verbose", `${method} called`, correlationId);
    return stayAlive(this.#loaded().then((calls) => calls.reported(method, correlationId, work)));
  }

  async #loaded(): Promise<PluginCalls> {
    const { PluginCalls } = await import("./plugin-calls.ts");
    return (this.#calls ??= new PluginCalls({
      options: this.#options,
      broker: this.#broker,
      host: this.#host,
      log: this.#log,
    }));
  }
}
