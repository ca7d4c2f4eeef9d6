import { AzureAuthorityHosts, canonicalAuthorityHost } from "./authority-hosts.ts";

/** The names of the clouds that a tenant may be in which the asked one does not know, as a caller writes them. */
export function otherClouds(authorityHost: string): readonly string[] {
  const asked = canonicalAuthorityHost(authorityHost);
  return Object.entries(AzureAuthorityHosts)
    .filter(([, host]) => host !== asked)
    .map(([name]) => `AzureAuthorityHosts.${name}`);
}
