import { check } from "@entrada/core/credential";
import type { WamTransport } from "@entrada/wam";
import { MsalRuntimeTransport } from "./msal-runtime/msal-runtime-transport.ts";

/**
 * Microsoft's own runtime in the place of Entrada's native module, for the brokers of macOS and Linux. The application installs
 * `@azure/msal-node-runtime`, or `@azure/msal-node-extensions` which brings it, itself; it is loaded on first use.
 *
 * Where it is missing or does not start, the credential signs in with the browser, and `getBrokerAvailability(transport)`
 * says why. Bearer tokens only, as everywhere in Entrada.
 *
 * It takes no options; any name is refused.
 *
 * @example
 * ```ts
 * import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
 * import { msalRuntimeTransport } from "@entrada/broker/msal-runtime";
 *
 * const credential = new InteractiveBrowserBrokerCredential({ transport: msalRuntimeTransport() });
 * ```
 */
export function msalRuntimeTransport(...given: []): WamTransport {
  const [options = {}]: readonly object[] = given;
  check.names("options", options, {});
  return new MsalRuntimeTransport();
}
