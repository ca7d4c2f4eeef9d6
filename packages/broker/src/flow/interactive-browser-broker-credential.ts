import { FlowCredential, OPTION_DEFAULTS, resolveSettings } from "@entrada/core/credential";
import {
  brokerOptionNames,
  checkBrokerOptions,
  type InteractiveBrowserBrokerCredentialOptions,
} from "./broker-options.ts";

/**
 * Signs a person in through the Windows Web Account Manager (WAM), with work, school and personal accounts; on other
 * systems, and where WAM cannot even be tried, through the browser.
 *
 * The app registration needs `ms-appx-web://Microsoft.AAD.BrokerPlugin/<client id>` and, for the browser,
 * `http://localhost` under "Mobile and desktop applications", and "Allow public client flows" switched on.
 *
 * @example
 * ```ts
 * import { BlobServiceClient } from "@azure/storage-blob";
 * import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
 *
 * const credential = new InteractiveBrowserBrokerCredential({ useDefaultBrokerAccount: true });
 * const client = new BlobServiceClient("https://<account>.blob.core.windows.net", credential);
 * for await (const container of client.listContainers()) console.log(container.name);
 * ```
 */
export class InteractiveBrowserBrokerCredential extends FlowCredential {
  /** @throws TypeError with a `code`, naming the wrong option. Nothing is loaded, opened, read or sent. */
  constructor(options: InteractiveBrowserBrokerCredentialOptions = {}) {
    const resolved = resolveSettings(options, OPTION_DEFAULTS, brokerOptionNames());
    const broker = checkBrokerOptions(options);
    const automaticAuthentication = resolved.automaticAuthentication && !broker.silentOnly;
    super({
      settings: { ...resolved, automaticAuthentication },
      flow: "broker",
      createFlow: async (parts) => {
        const { createBrokerFlow } = await import("./create-broker-flow.ts");
        return createBrokerFlow({ parts, broker, browser: options });
      },
    });
  }
}
