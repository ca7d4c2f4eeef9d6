import type { CredentialOptions } from "@entrada/core";

/** What every example takes. With none of it an example signs in to Azure's public cloud. */
export interface ExampleOptions<Options extends CredentialOptions = CredentialOptions> {
  /** Handed to the credential as they are. */
  readonly credential?: Options;
  /** @defaultValue `https://management.azure.com` */
  readonly armEndpoint?: string;
  /** The blob endpoint of a storage account: `https://ACCOUNT.blob.core.windows.net`. */
  readonly accountUrl?: string;
  /** Takes the example's output, line by line. @defaultValue `console.log` */
  readonly print?: (line: string) => void;
}
