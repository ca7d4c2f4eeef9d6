import type {
  AccessToken,
  AuthenticateOptions,
  AuthenticationRecord,
  GetTokenOptions,
  InteractiveCredential,
} from "@entrada/core";
import { createEngine, resolveSettings, type Engine } from "@entrada/core/credential";
import { checkBrokerOptions, type InteractiveBrowserBrokerCredentialOptions } from "./broker-options.ts";

const PERSONS_TIME_IN_MS = 300_000;

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
export class InteractiveBrowserBrokerCredential implements InteractiveCredential {
  readonly #engine: Engine;

  /** @throws TypeError with a `code`, naming the wrong option. Nothing is loaded, opened, read or sent. */
  constructor(options: InteractiveBrowserBrokerCredentialOptions = {}) {
    const resolved = resolveSettings(options, { timeoutInMs: PERSONS_TIME_IN_MS });
    const broker = checkBrokerOptions(options);
    const automaticAuthentication = resolved.automaticAuthentication && !broker.silentOnly;
    this.#engine = createEngine({
      settings: { ...resolved, automaticAuthentication },
      flow: "broker",
      createFlow: async (parts) => {
        const { createBrokerFlow } = await import("./flow/create-broker-flow.ts");
        return createBrokerFlow({ parts, broker, browser: options });
      },
    });
  }

  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    return this.#engine.getToken(scopes, options);
  }

  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#engine.authenticate(scopes, options);
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#engine.accounts();
  }

  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#engine.signOut(account);
  }

  /** Ends whatever is under way and forgets the tokens in memory. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#engine.dispose();
  }
}
