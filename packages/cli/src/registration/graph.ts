/** Microsoft Graph of a cloud: where it is, and what tokens for it are asked for. */
export interface Graph {
  readonly origin: string;
  readonly resource: string;
}

const PUBLIC: Graph = { origin: "https://graph.microsoft.com", resource: "https://graph.microsoft.com" };
const OF_AUTHORITIES: Readonly<Record<string, Graph>> = {
  "https://login.microsoftonline.com": PUBLIC,
  "https://login.microsoftonline.us": {
    origin: "https://graph.microsoft.us",
    resource: "https://graph.microsoft.us",
  },
  "https://login.chinacloudapi.cn": {
    origin: "https://microsoftgraph.chinacloudapi.cn",
    resource: "https://microsoftgraph.chinacloudapi.cn",
  },
};

/** The Graph of an authority host. A private one, such as that of the emulator, serves it by itself. */
export function graphOf(authorityHost: string): Graph {
  return OF_AUTHORITIES[authorityHost] ?? { origin: authorityHost, resource: PUBLIC.resource };
}
