import type { WindowHandle } from "@entrada/wam";
import { findBroker, type BrokerSearch } from "../availability/find-broker.ts";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { currentWindow } from "../parent-window.ts";
import type { WamBrokerPluginOptions } from "./wam-broker-plugin-options.ts";

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

  /** The dialog's owner: the request's window, else the option's, else the console's. */
  window(handle: Uint8Array | undefined, warn: (message: string) => void): Promise<WindowHandle> {
    // msal-node's own "no handle" is one zero byte; @azure/identity's is an empty array.
    const given = handle !== undefined && handle.byteLength > 1 ? handle : undefined;
    return currentWindow(given ?? this.#options.parentWindowHandle, {
      transport: this.found().transport,
      warn: (_code, message) => warn(message),
    });
  }

  /** @throws CredentialUnavailableError where there is none */
  found(): Extract<BrokerSearch, { found: true }> {
    const search = this.find();
    if (!search.found) throw brokerUnavailable(search);
    return search;
  }
}
