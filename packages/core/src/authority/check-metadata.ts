import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorityAnswer } from "../network/authority-client.ts";
import { serverError } from "../network/server-error.ts";
import { cloudOf } from "./authority-hosts.ts";
import type { AuthorityMetadata } from "./authority-metadata.ts";

export interface MetadataExpectations {
  readonly authorityHost: string;
  readonly tenant: string;
  readonly correlationId: string;
}

/**
 * Checks an openid-configuration document (OpenID Connect Discovery 1.0, section 4.3): every endpoint must be on the
 * authority itself, since codes and refresh tokens are sent there.
 */
export function checkMetadata(answer: AuthorityAnswer, expected: MetadataExpectations): AuthorityMetadata {
  const { json } = answer;
  if (answer.status !== 200 || json["error"] !== undefined) {
    throw serverError(answer, {
      what: `The endpoints of ${expected.authorityHost} for the tenant ${expected.tenant} could not be read`,
      scopes: [],
      clientId: "",
      tenantId: expected.tenant,
      flow: "discovery",
      interactive: true,
      correlationId: expected.correlationId,
    });
  }
  const required = (field: string): string => endpoint(json[field], field, expected);
  const optional = (field: "jwks_uri" | "end_session_endpoint"): Record<string, string> =>
    json[field] === undefined ? {} : { [field]: required(field) };
  return {
    issuer: issuer(json["issuer"], expected),
    authorization_endpoint: required("authorization_endpoint"),
    token_endpoint: required("token_endpoint"),
    device_authorization_endpoint:
      json["device_authorization_endpoint"] === undefined
        ? `${expected.authorityHost}/${expected.tenant}/oauth2/v2.0/devicecode`
        : required("device_authorization_endpoint"),
    ...optional("jwks_uri"),
    ...optional("end_session_endpoint"),
    ...(json["authorization_response_iss_parameter_supported"] === true
      ? { authorization_response_iss_parameter_supported: true }
      : {}),
  };
}

function issuer(value: unknown, expected: MetadataExpectations): string {
  if (typeof value === "string" && isAllowed(value, expected.authorityHost)) return value;
  throw refused("issuer_mismatch", "names an issuer that is not the authority itself", expected);
}

function endpoint(value: unknown, field: string, expected: MetadataExpectations): string {
  if (typeof value === "string" && isAllowed(value, expected.authorityHost)) return value;
  throw refused("endpoint_not_allowed", `names a ${field} that is not on the authority's own host`, expected);
}

function isAllowed(value: string, authorityHost: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "") return false;
  if (url.origin === new URL(authorityHost).origin) return true;
  return url.port === "" && cloudOf(authorityHost)?.aliases.includes(url.host) === true;
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
    remedy: "Check authorityHost: nothing is sent to other hosts",
    correlationId: expected.correlationId,
  });
}
