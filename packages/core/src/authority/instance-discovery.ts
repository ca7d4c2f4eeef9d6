import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorityClient } from "../network/authority-client.ts";
import { AzureAuthorityHosts } from "./authority-hosts.ts";
import type { MetadataOptions } from "./authority-metadata.ts";

/**
 * Asks the public cloud whether it knows a host as an authority, so that a mistyped host is found before a secret is
 * sent to it.
 * @throws AuthenticationError when it does not.
 */
export async function discoverInstance(
  client: AuthorityClient,
  authorityHost: string,
  tenant: string,
  options: MetadataOptions,
): Promise<void> {
  const url = new URL("/common/discovery/instance", AzureAuthorityHosts.AzurePublicCloud);
  url.searchParams.set("api-version", "1.1");
  url.searchParams.set("authorization_endpoint", `${authorityHost}/${tenant}/oauth2/v2.0/authorize`);
  const answer = await client.send({ method: "GET", url: url.href, repeat: "safe", ...options });
  if (answer.status === 200 && answer.json["error"] === undefined) return;
  throw new AuthenticationError({
    code: "service",
    detail: "invalid_instance",
    what: `Microsoft's public cloud does not know ${authorityHost} as an authority`,
    remedy: "Check authorityHost; for a private cloud set disableInstanceDiscovery to true",
    correlationId: options.correlationId,
  });
}
