import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { isIssuerOf, isOnAuthority } from "@entrada/core/parts";
import { ServerError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import type { VerifierSettings } from "./check-verifier-options.ts";

/** What the authority says of a tenant: the issuer of its tokens, and the keys that sign them. */
export interface TenantKeys {
  readonly issuer: string;
  /** Asks for the keys anew when a token is signed by one that is not known: jose waits 30 s between two requests. */
  readonly keys: JWTVerifyGetKey;
}

/**
 * Reads a tenant's openid-configuration (OpenID Connect Discovery 1.0, section 4). Issuer and keys must be on the
 * authority itself.
 * @throws ServerError where the authority cannot be asked, or says something else: the token is not to blame.
 */
export async function readTenantKeys(
  tenant: string,
  { authorityHost, fetch }: VerifierSettings,
): Promise<TenantKeys> {
  const url = `${authorityHost}/${tenant}/v2.0/.well-known/openid-configuration`;
  const json = await documentAt(url, fetch);
  const { issuer, jwks_uri: keysAt } = json;
  const isOwn = isIssuerOf(issuer, { authorityHost, tenant }) && issuer.toLowerCase().includes(tenant);
  if (!isOwn || !isOnAuthority(keysAt, authorityHost)) {
    throw new ServerError("The authority's openid-configuration names another issuer or place of keys");
  }
  return { issuer, keys: publishedKeys(new URL(keysAt), fetch) };
}

const FAULTS_OF_TOKENS = [
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSENotSupported,
] as const;

/** That the keys cannot be read says nothing of the token; that its own is not among them does. */
function publishedKeys(url: URL, fetch: VerifierSettings["fetch"]): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, { [customFetch]: fetch });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (FAULTS_OF_TOKENS.some((fault) => error instanceof fault)) throw error;
      throw new ServerError("The authority's keys cannot be read");
    }
  };
}

async function documentAt(url: string, fetch: VerifierSettings["fetch"]): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(30_000) });
  } catch {
    throw new ServerError("The authority cannot be reached to check a token");
  }
  const json: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  if (typeof json !== "object" || json === null) {
    throw new ServerError(
      `The authority has no openid-configuration of the tenant (HTTP ${response.status})`,
    );
  }
  return json as Record<string, unknown>;
}
