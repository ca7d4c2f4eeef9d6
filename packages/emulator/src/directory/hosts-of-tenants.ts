import type { EmulatorTenant } from "./directory-types.ts";

/** The hosts of Microsoft's clouds that the tenants of kind "entra" answer at, and the host in their issuers. */
const CLOUDS: Readonly<Record<string, string>> = {
  "login.microsoftonline.com": "login.microsoftonline.com",
  "login.windows.net": "login.microsoftonline.com",
  "login.microsoft.com": "login.microsoftonline.com",
  "login.microsoftonline.us": "login.microsoftonline.us",
  "login.usgovcloudapi.net": "login.microsoftonline.us",
  "login.chinacloudapi.cn": "login.partner.microsoftonline.cn",
  "login.partner.microsoftonline.cn": "login.partner.microsoftonline.cn",
  "login.sovcloud-identity.fr": "login.sovcloud-identity.fr",
  "login.sovcloud-identity.de": "login.sovcloud-identity.de",
  "login.sovcloud-identity.sg": "login.sovcloud-identity.sg",
};

/** The APIs that the emulator answers for, by their real names. */
export const API_HOSTS: readonly string[] = ["management.azure.com", "graph.microsoft.com"];

/** The real names a tenant answers at, besides those of this machine. */
export function hostsOf({ kind = "entra", id, domain, hosts = [] }: EmulatorTenant): readonly string[] {
  const own = hosts.map((host) => host.toLowerCase());
  if (kind === "entra") return [...Object.keys(CLOUDS), ...own];
  if (kind === "adfs") return own;
  return [`${domain.split(".")[0]}.ciamlogin.com`.toLowerCase(), `${id.toLowerCase()}.ciamlogin.com`, ...own];
}

/** Where the tokens of an Entra tenant are issued that was asked at this origin. */
export function entraIssuerOrigin(origin: string): string {
  const { hostname } = new URL(origin);
  return Object.hasOwn(CLOUDS, hostname) ? `https://${CLOUDS[hostname]}` : origin;
}
