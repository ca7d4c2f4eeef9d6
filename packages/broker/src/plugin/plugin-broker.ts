import { findOfferedBroker, type BrokerSearch, type FoundBroker } from "../availability/find-broker.ts";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { WamBrokerPluginOptions } from "./wam-broker-plugin-options.ts";

/** msal-node goes to the browser only where there is no broker: one that could never ask anybody is none for it. */
function withDialog(search: BrokerSearch): BrokerSearch {
  return search.found && search.kind === "wam" && !search.probe.features.window
    ? { found: false, detail: "dialog_unsupported" }
    : search;
}

/** The broker as the plugin uses it: looked for once, when msal-node first asks. */
export class PluginBroker {
  readonly #options: WamBrokerPluginOptions;
  #search: BrokerSearch | undefined;

  constructor(options: WamBrokerPluginOptions) {
    this.#options = options;
  }

  find(): BrokerSearch {
    const { transport, windowsNodePath } = this.#options;
    return (this.#search ??= withDialog(findOfferedBroker(transport, undefined, windowsNodePath)));
  }

  /** @throws CredentialUnavailableError where there is none */
  found(): FoundBroker {
    const search = this.find();
    if (!search.found) throw brokerUnavailable(search);
    return search;
  }
}
