import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorityAnswer } from "../http/authority-answer.ts";
import { isRefusal, serverError } from "../refusals/server-error.ts";
import { isIssuerOf, isOnAuthority, type AskedAuthority } from "./authority-names.ts";
import { otherClouds } from "./other-clouds.ts";

/** The authority's endpoints for one tenant, spelled as in its openid-configuration document. */
export interface AuthorityMetadata {
  /** May hold `{tenantid}`, which stands for the tenant of the token. */
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly device_authorization_endpoint: string;
  readonly jwks_uri?: string;
  readonly end_session_endpoint?: string;
  /** Whether the authority names itself in its authorization responses (RFC 9207). */
  readonly authorization_response_iss_parameter_supported?: boolean;
}

export interface MetadataExpectations extends AskedAuthority {
  readonly correlationId: string;
}

/**
 * Checks an openid-configuration document (OpenID Connect Discovery 1.0, section 4.3): every endpoint must be on the
 * authority itself, since people, codes and refresh tokens are sent there.
 * @throws AuthenticationError `invalid_response` with the detail "issuer_mismatch" or "endpoint_not_allowed", or the
 * authority's own error.
 */
export function checkMetadata(answer: AuthorityAnswer, expected: MetadataExpectations): AuthorityMetadata {
  const { json } = answer;
  if (isRefusal(answer)) throw refusedBy(answer, expected);
  const issuer = json["issuer"];
  if (!isIssuerOf(issuer, expected)) {
    throw refused("issuer_mismatch", "names no issuer that is the authority itself", expected);
  }
  const optional = (field: keyof AuthorityMetadata): Partial<AuthorityMetadata> =>
    json[field] === undefined ? {} : { [field]: endpoint(json[field], field, expected) };
  return {
    issuer,
    authorization_endpoint: endpoint(json["authorization_endpoint"], "authorization_endpoint", expected),
    token_endpoint: endpoint(json["token_endpoint"], "token_endpoint", expected),
    device_authorization_endpoint: deviceEndpoint(expected),
    ...optional("device_authorization_endpoint"),
    ...optional("jwks_uri"),
    ...optional("end_session_endpoint"),
    ...(json["authorization_response_iss_parameter_supported"] === true
      ? { authorization_response_iss_parameter_supported: true }
      : {}),
  };
}

// Older documents do not name it.
function deviceEndpoint({ authorityHost, tenant }: MetadataExpectations): string {
  return `${authorityHost}/${tenant}/oauth2/${tenant === "adfs" ? "" : "v2.0/"}devicecode`;
}

function endpoint(value: unknown, field: string, expected: MetadataExpectations): string {
  if (isOnAuthority(value, expected.authorityHost)) return new URL(value).href;
  throw refused("endpoint_not_allowed", `names no ${field} on the authority's own host`, expected);
}

function refusedBy(answer: AuthorityAnswer, expected: MetadataExpectations): AuthenticationError {
  return serverError(answer, {
    what: `${expected.authorityHost} did not tell its endpoints for the tenant ${expected.tenant}`,
    scopes: [],
    clientId: "",
    tenantId: expected.tenant,
    otherClouds: otherClouds(expected.authorityHost),
    interactive: true,
    correlationId: expected.correlationId,
  });
}

function refused(
  detail: "issuer_mismatch" | "endpoint_not_allowed",
  why: string,
  expected: MetadataExpectations,
): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail,
    what: `The openid-configuration of ${expected.authorityHost} ${why}`,
    remedy: "Check authorityHost: nothing is sent to any other host",
    correlationId: expected.correlationId,
  });
}
