import { contextForWrites } from "../directory/policies.ts";
import { contextChallenge, revocationChallenge } from "../refusals/claims-request.ts";
import type { EmulatorAccount } from "../directory/directory-types.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import type { Claims } from "../tokens/signing-keys.ts";

/** The caller of an ARM request whose token holds. */
export interface Caller {
  readonly account: EmulatorAccount;
  readonly tenantId: string;
}

const AUDIENCES = [
  "https://management.azure.com",
  "https://management.azure.com/",
  "https://management.core.windows.net",
  "https://management.core.windows.net/",
];

/** `GET /subscriptions` (Azure Resource Manager, "Subscriptions - List"). */
export function subscriptionsEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return forCaller(request, state, ({ tenantId, account }) => {
    const value = state.directory.subscriptions(tenantId, account).map((it) => ({
      id: `/subscriptions/${it.subscriptionId}`,
      authorizationSource: "RoleBased",
      managedByTenants: [],
      subscriptionId: it.subscriptionId,
      tenantId: it.tenantId,
      displayName: it.displayName,
      state: "Enabled",
      subscriptionPolicies: {
        locationPlacementId: "Public_2014-09-01",
        quotaId: "PayAsYouGo_2014-09-01",
        spendingLimit: "Off",
      },
    }));
    const { subscriptionId } = request.params;
    if (subscriptionId === undefined)
      return json(200, { value, count: { type: "Total", value: value.length } });
    const one = value.find((it) => it.subscriptionId === subscriptionId.toLowerCase());
    if (one) return json(200, one);
    return failure(404, "SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`);
  });
}

/** `GET /tenants` (Azure Resource Manager, "Tenants - List"). */
export function tenantsEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return forCaller(request, state, ({ account }) => {
    const value = state.directory.tenantsOf(account).map(({ id, domain, displayName }) => ({
      id: `/tenants/${id}`,
      tenantId: id,
      displayName,
      defaultDomain: domain,
      domains: [domain],
      tenantType: "AAD",
      tenantCategory: "Home",
    }));
    return json(200, { value });
  });
}

/** Works for a caller whose token holds; a write needs the authentication context that the tenant wants for it. */
export function forCaller(
  request: EmulatorRequest,
  state: EmulatorState,
  work: (caller: Caller) => Reply,
): Reply {
  const [scheme, token, ...more] = (request.headers["authorization"] ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token || more.length > 0)
    return unauthorized(
      request,
      "AuthenticationFailed",
      "The 'Authorization' header is missing or no bearer token.",
    );
  const claims = state.keys.verify(token);
  if (!claims) return unauthorized(request, "InvalidAuthenticationToken", "The access token is invalid.");
  const refusal = refusalOf(claims, request, state);
  if (refusal) return refusal;
  if (!request.query.has("api-version"))
    return failure(400, "MissingApiVersionParameter", "The query parameter 'api-version' is required.");
  const account = state.directory.account(String(claims["unique_name"]));
  if (!account)
    return unauthorized(request, "InvalidAuthenticationToken", "The token's account does not exist.");
  const tenantId = String(claims["tid"]);
  const refused = refusalOfWrite(claims, { account, tenantId }, request, state);
  return refused ?? work({ account, tenantId });
}

/** Azure's multifactor authentication for whatever changes something (azure-dev#5425, azure-docs-cli#5403). */
function refusalOfWrite(
  claims: Claims,
  { account, tenantId }: Caller,
  request: EmulatorRequest,
  state: EmulatorState,
): Reply | undefined {
  const resource = state.directory.resource(AUDIENCES[0]!);
  if (request.method === "GET" || request.method === "HEAD" || !resource) return undefined;
  const context = contextForWrites(account, tenantId, resource, state.directory);
  const satisfied = Array.isArray(claims["acrs"]) && claims["acrs"].includes(context);
  if (context === undefined || satisfied) return undefined;
  const challenge = Buffer.from(contextChallenge([context])).toString("base64");
  return unauthorized(
    request,
    "RequestDisallowedByPolicy",
    "Resource was disallowed by policy. Multifactor authentication is required.",
    `error="insufficient_claims", claims="${challenge}"`,
  );
}

function refusalOf(claims: Claims, request: EmulatorRequest, state: EmulatorState): Reply | undefined {
  const now = state.clock.now() / 1000;
  if (!AUDIENCES.includes(String(claims["aud"])))
    return unauthorized(
      request,
      "InvalidAuthenticationTokenAudience",
      "The access token is for another audience.",
    );
  if (!isIssuedHere(claims))
    return unauthorized(
      request,
      "InvalidAuthenticationTokenTenant",
      "The access token is from the wrong issuer.",
    );
  if (Number(claims["nbf"]) > now)
    return unauthorized(request, "InvalidAuthenticationToken", "The access token is not valid yet.");
  if (Number(claims["exp"]) <= now)
    return unauthorized(request, "ExpiredAuthenticationToken", "The access token has expired.");
  const account = state.directory.account(String(claims["unique_name"]));
  const understands = Array.isArray(claims["xms_cc"]) && claims["xms_cc"].includes("cp1");
  // As with Azure: a client that does not understand the challenge keeps its token until it expires.
  if (account && understands && Number(claims["emulator_epoch"]) < state.grants.epoch(account)) {
    const challenge = Buffer.from(revocationChallenge(Math.floor(now))).toString("base64");
    return unauthorized(
      request,
      "InvalidAuthenticationToken",
      "The session was revoked. Continuous access evaluation asks for a new token.",
      `error="insufficient_claims", claims="${challenge}"`,
    );
  }
  return undefined;
}

/** The signature is this emulator's own; what is left is that the token names its own tenant. */
function isIssuedHere({ iss, tid }: Claims): boolean {
  if (typeof iss !== "string" || !URL.canParse(iss)) return false;
  const { hostname, pathname } = new URL(iss);
  return hostname !== "sts.windows.net" && pathname === `/${String(tid)}/`;
}

function unauthorized(
  { origin }: EmulatorRequest,
  code: string,
  message: string,
  challenge = `error="invalid_token", error_description="${message}"`,
): Reply {
  const authority = `authorization_uri="${origin}/common/oauth2/authorize"`;
  return failure(401, code, message, { "www-authenticate": `Bearer realm="", ${authority}, ${challenge}` });
}

export function failure(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return json(status, { error: { code, message } }, headers);
}
