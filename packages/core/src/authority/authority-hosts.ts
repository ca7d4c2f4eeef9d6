/** The authority hosts of Microsoft's clouds, as `@azure/identity` names them. */
export const AzureAuthorityHosts: {
  readonly AzurePublicCloud: string;
  readonly AzureGovernment: string;
  readonly AzureChina: string;
} = {
  AzurePublicCloud: "https://login.microsoftonline.com",
  AzureGovernment: "https://login.microsoftonline.us",
  AzureChina: "https://login.chinacloudapi.cn",
};

/** One of Microsoft's clouds. */
export interface AuthorityCloud {
  /** The host to prefer, such as "login.microsoftonline.com". */
  readonly host: string;
  /** Every host of the cloud, `host` included: accounts of one are accounts of all. */
  readonly aliases: readonly string[];
  /** The host in the issuer of the tokens. */
  readonly issuerHost: string;
  /** The scope of Azure Resource Manager. */
  readonly armScope: string;
}

/** The cloud that an authority host (an origin) belongs to, or `undefined` for a private one. */
export function cloudOf(authorityHost: string): AuthorityCloud | undefined {
  const { host } = new URL(authorityHost);
  return clouds().find(({ aliases }) => aliases.includes(host));
}

/** The one spelling of an authority host, as an origin: aliases of a cloud become its preferred host. */
export function canonicalAuthorityHost(authorityHost: string): string {
  const cloud = cloudOf(authorityHost);
  return cloud === undefined ? new URL(authorityHost).origin : `https://${cloud.host}`;
}

/** The one of most tenants. */
export const PUBLIC_CLOUD: AuthorityCloud = {
  host: "login.microsoftonline.com",
  aliases: ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
  issuerHost: "login.microsoftonline.com",
  armScope: "https://management.azure.com/.default",
};

// Sources: "National clouds" of the Microsoft identity platform, "Azure Government developer guide", "Azure China
// developer guide".
const clouds = (): readonly AuthorityCloud[] => [
  PUBLIC_CLOUD,
  {
    host: "login.microsoftonline.us",
    aliases: ["login.microsoftonline.us", "login.usgovcloudapi.net"],
    issuerHost: "login.microsoftonline.us",
    armScope: "https://management.usgovcloudapi.net/.default",
  },
  {
    host: "login.chinacloudapi.cn",
    aliases: ["login.chinacloudapi.cn", "login.partner.microsoftonline.cn"],
    issuerHost: "login.partner.microsoftonline.cn",
    armScope: "https://management.chinacloudapi.cn/.default",
  },
  {
    host: "login.sovcloud-identity.fr",
    aliases: ["login.sovcloud-identity.fr"],
    issuerHost: "login.sovcloud-identity.fr",
    armScope: "https://management.sovcloud-api.fr/.default",
  },
  {
    host: "login.sovcloud-identity.de",
    aliases: ["login.sovcloud-identity.de"],
    issuerHost: "login.sovcloud-identity.de",
    armScope: "https://management.sovcloud-api.de/.default",
  },
  {
    host: "login.sovcloud-identity.sg",
    aliases: ["login.sovcloud-identity.sg"],
    issuerHost: "login.sovcloud-identity.sg",
    armScope: "https://management.sovcloud-api.sg/.default",
  },
];
