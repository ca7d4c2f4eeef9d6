import { isAuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorityClient } from "./authority-client.ts";
import { checkMetadata } from "./check-metadata.ts";
import { isGuid } from "./tenant-form.ts";
import type { TenantQuestion } from "./tenant-refusal.ts";

/**
 * The id of a tenant that is named by a domain: its document names the issuer that only this tenant has.
 * @returns undefined where nobody answers, and where the answer does not tell
 * @throws AbortError
 */
export async function tenantIdOf(
  client: AuthorityClient,
  { authorityHost, tenant, ...rest }: TenantQuestion,
): Promise<string | undefined> {
  const url = `${authorityHost}/${tenant}/v2.0/.well-known/openid-configuration`;
  try {
    const answer = await client.send({ method: "GET", url, repeat: "poll", background: true, ...rest });
    const { issuer } = checkMetadata(answer, { authorityHost, tenant, correlationId: rest.correlationId });
    return new URL(issuer).pathname.split("/").find(isGuid)?.toLowerCase();
  } catch (error) {
    if (!isAuthenticationError(error)) throw error;
    return undefined;
  }
}
