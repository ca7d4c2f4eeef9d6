import { decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import { InvalidTokenError, ServerError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";
import { check } from "@entrada/core/credential";
import {
  checkVerifierOptions,
  GUID,
  VERIFIER_OPTIONS,
  type VerifierSettings,
} from "./check-verifier-options.ts";
import type { EntraTokenVerifierOptions } from "./entra-token-verifier-options.ts";
import { readTenantKeys, type TenantKeys } from "./tenant-keys.ts";
import type { TokenVerifier } from "./token-verifier.ts";

const LONGEST_TOKEN = 32_768;
// What tokens of version 1 name as their issuer, in the public clouds and in China.
const FORMER_ISSUERS = ["https://sts.windows.net", "https://sts.chinacloudapi.cn"] as const;

/**
 * Checks the access tokens of Entra ID for an MCP server: signature (by the tenant's keys, also after these have
 * changed), issuer, tenant, audience, time, and that it is an access token with a scope or a role. For `requireBearerAuth` of the MCP SDK, or `entraResourceServer`.
 *
 * Sources: Microsoft identity platform, "Access tokens", "Validate tokens"; RFC 9068, section 4.
 * @throws TypeError with a `code`, naming the wrong option.
 *
 * @example
 * ```ts
 * import { entraTokenVerifier } from "@entrada/mcp/server";
 *
 * const verifier = entraTokenVerifier({
 *   tenantId: "aaaabbbb-0000-cccc-1111-dddd2222eeee",
 *   audience: ["00001111-aaaa-2222-bbbb-3333cccc4444", "api://00001111-aaaa-2222-bbbb-3333cccc4444"],
 * });
 * ```
 */
export function entraTokenVerifier(options: EntraTokenVerifierOptions): TokenVerifier {
  check.names("options", options, VERIFIER_OPTIONS);
  const settings = checkVerifierOptions(options);
  const known = new Map<string, Promise<TenantKeys>>();
  const keysOf = (tenant: string): Promise<TenantKeys> => {
    const keys =
      known.get(tenant) ??
      readTenantKeys(tenant, settings).catch((error: unknown) => {
        // The next token is a reason to ask again.
        known.delete(tenant);
        throw error;
      });
    known.set(tenant, keys);
    return keys;
  };
  return { verifyAccessToken: (token) => verify(token, settings, keysOf) };
}

async function verify(
  token: string,
  settings: VerifierSettings,
  keysOf: (tenant: string) => Promise<TenantKeys>,
): Promise<AuthInfo> {
  const tenant = tenantOf(token);
  if (!settings.tenants.includes(tenant)) throw new InvalidTokenError("The token is of another tenant");
  const { issuer, keys } = await keysOf(tenant);
  let claims: JWTPayload;
  try {
    const verified = await jwtVerify(token, keys, {
      algorithms: ["RS256"],
      // Tokens of version 1 name the issuer by its older address; the keys are the same authority's.
      issuer: [
        issuer,
        ...FORMER_ISSUERS.map((origin) => `${origin}/${tenant}/`),
        issuer.replace(/v2\.0\/?$/, ""),
      ],
      audience: [...settings.audiences],
      clockTolerance: settings.clockToleranceInS,
      requiredClaims: ["exp", "tid"],
    });
    claims = verified.payload;
  } catch (error) {
    throw refusalOf(error, settings.audiences);
  }
  if (String(claims["tid"]).toLowerCase() !== tenant) {
    throw new InvalidTokenError("The token is of another tenant");
  }
  if (!isAccessToken(claims)) throw new InvalidTokenError("The token is no access token for an API");
  return {
    token,
    clientId: textOf(claims["azp"] ?? claims["appid"]),
    scopes: textOf(claims["scp"]).split(" ").filter(Boolean),
    expiresAt: claims.exp ?? 0,
    extra: {
      claims,
      tenantId: tenant,
      objectId: claims["oid"],
      username: claims["preferred_username"] ?? claims["upn"],
    },
  };
}

/**
 * Tells an access token from an id token, which may be for the same application, and from one that any program of the
 * tenant gets without a permission: the first has the program that got it, and what that may do here.
 */
function isAccessToken(claims: JWTPayload): boolean {
  const { azp, appid, scp, roles } = claims;
  const mayDo = textOf(scp) !== "" || (Array.isArray(roles) && roles.length > 0);
  return textOf(azp ?? appid) !== "" && mayDo;
}

/** Where to look for the keys: not believed before the signature says so. */
function tenantOf(token: string): string {
  if (token.length > LONGEST_TOKEN) throw new InvalidTokenError("The token is too long");
  try {
    return textOf(decodeJwt(token)["tid"]).toLowerCase();
  } catch {
    throw new InvalidTokenError("The token is no JSON Web Token");
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

// In words of our own: an error of the library may quote what the token says.
function refusalOf(error: unknown, audiences: readonly string[]): Error {
  if (error instanceof errors.JWTExpired) return new InvalidTokenError("The token has expired");
  if (error instanceof errors.JWTClaimValidationFailed) {
    const wrong: Readonly<Record<string, string>> = {
      aud: `The token is for another audience${formOfAudience(error.payload, audiences)}`,
      iss: "The token is of another issuer",
      nbf: "The token is not valid yet",
    };
    return new InvalidTokenError(wrong[error.claim] ?? "A claim of the token is missing or wrong");
  }
  if (error instanceof ServerError) return error;
  return new InvalidTokenError("The token's signature is not the authority's");
}

/**
 * Says where the server has named itself only as tokens of the other version do: which version an API gets is a setting
 * of its registration that few know of. The signature was right, so the version is the authority's word.
 */
function formOfAudience({ ver }: JWTPayload, audiences: readonly string[]): string {
  const names = (isId: boolean): boolean => audiences.some((audience) => GUID.test(audience) === isId);
  if (ver === "1.0" && !names(false))
    return ". It is of version 1, which names the App ID URI of the server, and not its application id";
  if (ver === "2.0" && !names(true))
    return ". It is of version 2, which names the application id of the server, and not its App ID URI";
  return "";
}
