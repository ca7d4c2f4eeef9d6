import { AuthenticationError } from "../errors/authentication-error.ts";
import { isGuid } from "../authority/tenant-form.ts";
import { invalidOption } from "../errors/invalid-option.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { checkTenantId } from "../options/check-authority.ts";
import { nodeCrypto } from "../node-crypto.ts";
import { check } from "../options/check-option.ts";
import type { AbortSignalLike, GetTokenOptions } from "../token-credential.ts";

/** One call of `getToken` or `authenticate`, checked: everything that changes the token, without the account. */
export interface TokenCall {
  readonly scopes: readonly string[];
  readonly tenantId: string;
  readonly claims?: string;
  readonly enableCae: boolean;
  readonly correlationId: string;
  /** For `AuthenticationRequiredError`: what the caller passed. */
  readonly options: GetTokenOptions;
}

// OpenID Connect's own scopes are added by the protocol; alone they name no resource.
const PROTOCOL_SCOPES = new Set(["openid", "profile", "email", "offline_access"]);
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,2048}$/;

/**
 * @throws TypeError for scopes, claims and other options that cannot be asked for.
 * @throws AuthenticationError `tenant_not_allowed`, or `unsupported` for proof of possession.
 */
export function checkTokenCall(
  scopes: string | readonly string[],
  options: GetTokenOptions,
  settings: CredentialSettings,
): TokenCall {
  checkAbortSignal(options.abortSignal);
  if (options.proofOfPossessionOptions !== undefined) {
    throw new AuthenticationError({
      code: "unsupported",
      what: "A token with proof of possession was asked for, and this credential can only get bearer tokens",
      remedy: "Leave proofOfPossessionOptions out",
      detail: "proof_of_possession",
    });
  }
  const claims = checkClaims(options.claims);
  return {
    scopes: checkScopes(scopes),
    tenantId: allowedTenant(options.tenantId, settings),
    ...(claims === undefined ? {} : { claims }),
    enableCae: check.boolean("enableCae", options.enableCae, false),
    correlationId: nodeCrypto().randomUUID(),
    options,
  };
}

// As with fetch, null is no signal.
function checkAbortSignal(signal: AbortSignalLike | undefined): void {
  if ((signal ?? undefined) === undefined) return;
  const fits =
    typeof signal === "object" &&
    typeof signal.aborted === "boolean" &&
    typeof signal.addEventListener === "function" &&
    typeof signal.removeEventListener === "function";
  if (!fits) throw invalidOption("abortSignal", "an AbortSignal", signal);
}

function checkScopes(scopes: string | readonly string[]): readonly string[] {
  const list = typeof scopes === "string" ? scopes.split(" ").filter(Boolean) : scopes;
  const expected =
    'a scope such as "https://management.azure.com/.default", or an array of scopes of one resource';
  if (!Array.isArray(list) || list.length === 0) throw invalidOption("scopes", expected, scopes ?? null);
  for (const scope of list) {
    if (typeof scope !== "string" || !SCOPE.test(scope))
      throw invalidOption("scopes", expected, scope ?? null);
  }
  const unique = [...new Set(list as string[])];
  const resources = unique.filter((scope) => !PROTOCOL_SCOPES.has(scope.toLowerCase()));
  return (resources.length > 0 ? resources : unique).sort();
}

function checkClaims(claims: string | undefined): string | undefined {
  if (claims === undefined || claims === "") return undefined;
  try {
    const value: unknown = JSON.parse(claims);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return claims;
  } catch {
    // The parser's message quotes the text; ours names the option.
  }
  throw invalidOption("claims", "the JSON text of a claims challenge, already decoded from base64");
}

// AZURE_IDENTITY_DISABLE_MULTITENANTAUTH pins every credential to its own tenant, as in the other Azure libraries.
function allowedTenant(asked: string | undefined, settings: CredentialSettings): string {
  if (asked === undefined) return settings.tenantId;
  const tenant = checkTenantId(asked, "tenantId");
  if (tenant === settings.tenantId) return tenant;
  if (settings.tenantId === "adfs" || process.env.AZURE_IDENTITY_DISABLE_MULTITENANTAUTH)
    return settings.tenantId;
  const allowed = settings.additionallyAllowedTenants;
  if (allowed.includes("*") || allowed.includes(tenant.toLowerCase())) return tenant;
  throw new AuthenticationError({
    code: "tenant_not_allowed",
    what: `A token of the tenant "${tenant}" was asked for, and this credential is for "${settings.tenantId}"`,
    remedy: 'Add the tenant to the option "additionallyAllowedTenants", or "*" to allow any',
  });
}

/** Whether a token's tenant is the one that was asked for. Of a domain or a word nobody here knows whose it is. */
export function isOfTenant(tenantId: string, asked: string): boolean {
  return !isGuid(asked) || tenantId.toLowerCase() === asked.toLowerCase();
}
