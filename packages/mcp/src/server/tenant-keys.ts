import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
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
  const origin = new URL(authorityHost).origin;
  const isOwn = (value: unknown): value is string =>
    typeof value === "string" && URL.canParse(value) && new URL(value).origin === origin;
  if (!isOwn(issuer) || !isOwn(keysAt) || !issuer.toLowerCase().includes(tenant)) {
    throw new ServerError("The authority's openid-configuration names another issuer or place of keys");
  }
  return { issuer, keys: createRemoteJWKSet(new URL(keysAt), { [customFetch]: fetch }) };
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
