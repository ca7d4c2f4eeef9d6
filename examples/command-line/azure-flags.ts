import type { ExampleOptions } from "./example-options.ts";

/** The command-line flags that say where in Azure to go; for `parseArgs` of node:util. */
export const azureFlags = {
  tenant: { type: "string" },
  client: { type: "string" },
  account: { type: "string" },
} as const;

export const AZURE_FLAGS_HELP = `  --tenant ID      the tenant to sign in to (or AZURE_TENANT_ID; default: the account's own)
  --client ID      the application id of your app registration (or AZURE_CLIENT_ID; default: the
                   developer sign-on application)
  --account NAME   the storage account whose containers to list`;

export interface AzureFlags {
  readonly tenant?: string | undefined;
  readonly client?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * The options for an example on real Azure. A flag wins over its environment variable.
 * @throws RangeError for what cannot be the name of a storage account
 */
export function azureOptions(flags: AzureFlags, environment: NodeJS.ProcessEnv): ExampleOptions {
  const tenantId = flags.tenant ?? environment["AZURE_TENANT_ID"];
  const clientId = flags.client ?? environment["AZURE_CLIENT_ID"];
  return {
    credential: { ...(tenantId && { tenantId }), ...(clientId && { clientId }) },
    ...(flags.account !== undefined && { accountUrl: accountUrlOf(flags.account) }),
  };
}

// "Naming rules and restrictions for Azure resources": 3 to 24 lowercase letters and digits.
function accountUrlOf(account: string): string {
  if (!/^[a-z0-9]{3,24}$/.test(account))
    throw new RangeError(
      `--account takes the name of a storage account (3 to 24 lowercase letters and digits), not "${account}".`,
    );
  return `https://${account}.blob.core.windows.net`;
}
