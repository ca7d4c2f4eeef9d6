import type { EmulatorState } from "./emulator-state.ts";
import { PERSONAL_TENANT_ID } from "../directory/directory-types.ts";
import { aadsts } from "../refusals/entra-error.ts";
import { accessTokenIssuer, issuerOf } from "../tokens/issuers.ts";
import { optional } from "./parameters.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";

/** `GET /{tenant}/v2.0/.well-known/openid-configuration` (OpenID Connect Discovery 1.0). */
export function discoveryEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const { origin } = request;
  const segment = request.params["tenant"] ?? "";
  const { alias, tenant } = state.directory.authority(segment, origin);
  const base = `${origin}/${segment}`;
  return json(200, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["none"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
    ],
    code_challenge_methods_supported: ["S256"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    // Entra's own template: with a word for a tenant, the issuer is known only once a person has signed in.
    issuer: issuerOf(origin, tenant ?? { id: alias === "consumers" ? PERSONAL_TENANT_ID : "{tenantid}" }),
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: false,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      "sub",
      "iss",
      "aud",
      "exp",
      "iat",
      "nonce",
      "preferred_username",
      "name",
      "tid",
      "oid",
      "ver",
    ],
    tenant_region_scope: null,
    cloud_instance_name: new URL(origin).host,
    cloud_graph_host_name: new URL(origin).host,
  });
}

/**
 * `GET /adfs/.well-known/openid-configuration` (Microsoft's protocol document MS-OIDCE, "OpenID Provider Metadata"): no
 * versions, and an issuer of its own for access tokens.
 */
export function adfsDiscoveryEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const { origin } = request;
  const { tenant } = state.directory.authority("adfs", origin);
  if (!tenant) throw aadsts(90002, { tenant: "adfs" });
  const base = `${origin}/adfs`;
  return json(200, {
    issuer: issuerOf(origin, tenant),
    authorization_endpoint: `${base}/oauth2/authorize/`,
    token_endpoint: `${base}/oauth2/token/`,
    jwks_uri: `${base}/discovery/keys`,
    token_endpoint_auth_methods_supported: ["none"],
    response_types_supported: ["code"],
    response_modes_supported: ["query", "fragment", "form_post"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
    ],
    subject_types_supported: ["pairwise"],
    scopes_supported: ["openid", "profile", "email", "offline_access", "user_impersonation"],
    id_token_signing_alg_values_supported: ["RS256"],
    access_token_issuer: accessTokenIssuer(origin, tenant),
    claims_supported: ["aud", "iss", "iat", "exp", "auth_time", "nonce", "upn", "unique_name", "sub", "sid"],
    microsoft_multi_refresh_token: true,
    end_session_endpoint: `${base}/oauth2/logout`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
  });
}

/** `GET /{tenant}/discovery/v2.0/keys` (RFC 7517). */
export function keysEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const { tenant } = state.directory.authority(request.params["tenant"] ?? "", request.origin);
  return json(200, state.keys.toJwks(issuerOf(request.origin, tenant ?? { id: "{tenantid}" })));
}

/** `GET /common/discovery/instance`: which authorities there are, and where a tenant is described. */
export function instanceEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const endpoint = optional(request.query, "authorization_endpoint");
  if (endpoint === undefined) throw aadsts(900144, { name: "authorization_endpoint" });
  if (!URL.canParse(endpoint) || new URL(endpoint).origin !== request.origin)
    throw aadsts(50049, { instance: endpoint });
  const segment = new URL(endpoint).pathname.split("/")[1] ?? "";
  state.directory.authority(segment, request.origin);
  const { host } = new URL(request.origin);
  return json(200, {
    tenant_discovery_endpoint: `${request.origin}/${segment}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}
