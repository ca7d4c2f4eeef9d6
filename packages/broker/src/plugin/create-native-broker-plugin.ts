import { check } from "@entrada/core/credential";
import type { INativeBrokerPlugin } from "./native-broker-plugin.ts";
import {
  checkPluginOptions,
  PLUGIN_OPTIONS,
  type WamBrokerPluginOptions,
} from "./wam-broker-plugin-options.ts";
import { WamBrokerPlugin } from "./wam-broker-plugin.ts";

/** What `useIdentityPlugin` of `@azure/identity` takes. */
export type IdentityPlugin = (context: unknown) => void;

interface BrokerContext {
  readonly nativeBrokerPluginControl: { setNativeBroker(broker: INativeBrokerPlugin): void };
}

/** {@link nativeBrokerPlugin} with options, such as `clientCapabilities: ["cp1"]`. */
export function createNativeBrokerPlugin(options: Omit<WamBrokerPluginOptions, "msal"> = {}): IdentityPlugin {
  check.names("options", options, PLUGIN_OPTIONS);
  checkPluginOptions(options);
  return (context) => {
    const { nativeBrokerPluginControl } = context as BrokerContext;
    nativeBrokerPluginControl.setNativeBroker(new WamBrokerPlugin(options, "identity"));
  };
}

/**
 * The Windows broker for credentials of `@azure/identity`.
 *
 * @example
 * ```ts
 * import { InteractiveBrowserCredential, useIdentityPlugin } from "@azure/identity";
 * import { nativeBrokerPlugin } from "@entrada/broker";
 *
 * useIdentityPlugin(nativeBrokerPlugin);
 * const credential = new InteractiveBrowserCredential({
 *   brokerOptions: { enabled: true, parentWindowHandle: new Uint8Array(8) },
 * });
 * ```
 */
export const nativeBrokerPlugin: IdentityPlugin = (context) => createNativeBrokerPlugin()(context);
