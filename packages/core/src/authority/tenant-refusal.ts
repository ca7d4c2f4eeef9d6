import { type AuthenticationError, isAuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorityClient } from "./authority-client.ts";
import { cloudOf } from "./authority-hosts.ts";
import { checkMetadata } from "./check-metadata.ts";
import { isTenantWord } from "./tenant-form.ts";

export interface TenantQuestion {
  /** An origin. */
  readonly authorityHost: string;
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly correlationId: string;
}

/**
 * Asks one of Microsoft's clouds for a tenant's document, whose endpoints are known without it: the authority shows a
 * mistyped tenant only as a page in the browser, and never redirects. Nothing depends on a yes.
 * @returns the authority's refusal; undefined when there is none, when there is nothing to ask and when nobody answers.
 * @throws AbortError
 */
export async function tenantRefusal(
  client: AuthorityClient,
  { authorityHost, tenant, ...rest }: TenantQuestion,
): Promise<AuthenticationError | undefined> {
  if (cloudOf(authorityHost) === undefined || isTenantWord(tenant)) return undefined;
  const url = `${authorityHost}/${tenant}/v2.0/.well-known/openid-configuration`;
  try {
    const answer = await client.send({ method: "GET", url, repeat: "safe", background: true, ...rest });
    checkMetadata(answer, { authorityHost, tenant, correlationId: rest.correlationId });
    return undefined;
  } catch (error) {
    if (!isAuthenticationError(error)) throw error;
    // Only what the authority itself says about the tenant; a fault on the way is the redemption's to tell.
    return error.code === "service" && error.aadsts !== undefined ? error : undefined;
  }
}
