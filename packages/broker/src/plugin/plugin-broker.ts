import { systemClock } from "@entrada/core/flow";
import type { WindowHandle } from "@entrada/wam";
import { findBroker, type BrokerSearch } from "../availability/find-broker.ts";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { currentWindow } from "../parent-window.ts";
import { WamClient } from "../wam/wam-client.ts";
import type { WamBrokerPluginOptions } from "./wam-broker-plugin-options.ts";

const SILENT_TIMEOUT_IN_MS = 30_000;

/** The broker as the plugin uses it: looked for once, when msal-node first asks. */
export class PluginBroker {
  readonly #options: WamBrokerPluginOptions;
  #search: BrokerSearch | undefined;

  constructor(options: WamBrokerPluginOptions) {
    this.#options = options;
  }

  find(): BrokerSearch {
    return (this.#search ??= findBroker(this.#options.transport));
  }

  /** @throws CredentialUnavailableError where there is no broker */
  client(options: { readonly msaPassthrough?: boolean } = {}): WamClient {
    const { clock = systemClock, silentTimeoutInMs = SILENT_TIMEOUT_IN_MS } = this.#options;
    const { transport, probe } = this.#found();
    return new WamClient({ transport, probe, clock, silentTimeoutInMs, msaPassthrough: false, ...options });
  }

  /** The dialog's owner: the request's window, else the option's, else the console's. */
  window(handle: Uint8Array | undefined, warn: (message: string) => void): Promise<WindowHandle> {
    // msal-node's own "no handle" is one zero byte; @azure/identity's is an empty array.
    const given = handle !== undefined && handle.byteLength > 1 ? handle : undefined;
    return currentWindow(given ?? this.#options.parentWindowHandle, {
      transport: this.#found().transport,
      warn: (_code, message) => warn(message),
    });
  }

  #found(): Extract<BrokerSearch, { found: true }> {
    const search = this.find();
    if (!search.found) throw brokerUnavailable(search);
    return search;
  }
}
