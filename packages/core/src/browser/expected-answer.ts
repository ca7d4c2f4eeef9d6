import type { AuthorityMetadata } from "../authority/authority-metadata.ts";
import { otherClouds } from "../authority/other-clouds.ts";
import { isGuid } from "../authority/tenant-form.ts";
import type { InteractiveRequest } from "../flow/flow.ts";
import type { RemedyFor } from "../loopback/authorization-error.ts";
import type { PendingAnswerOptions } from "../loopback/pending-answer.ts";
import { remedyFor } from "../refusals/aadsts-remedies.ts";
import type { BrowserSignInOptions } from "./browser-sign-in-options.ts";

interface ExpectedAnswerParts {
  readonly options: BrowserSignInOptions;
  readonly request: InteractiveRequest;
  readonly metadata: AuthorityMetadata;
  readonly state: string;
}

/** What proves that an answer is the request's own, and what a refusal in it means. */
export function expectedAnswer(parts: ExpectedAnswerParts): PendingAnswerOptions {
  const { request, metadata, state } = parts;
  return {
    state,
    issuer: issuerOf(metadata, request.tenantId),
    scopes: request.scopes,
    claims: request.claims,
    correlationId: request.correlationId,
    remedyFor: remediesFor(parts),
  };
}

// RFC 9207: an authority that says it names itself must do so. Where the tenant is not known yet, its issuer is not
// either, and only the tenant is left open.
function issuerOf(
  metadata: AuthorityMetadata,
  tenantId: string,
): { readonly expected: string; readonly required: boolean } {
  const required = metadata.authorization_response_iss_parameter_supported === true;
  const segments = metadata.issuer.split("/");
  const expected = isGuid(tenantId)
    ? segments.map((segment) => (segment === "{tenantid}" ? tenantId : segment))
    : segments.map((segment) => (segment === tenantId ? "{tenantid}" : segment));
  return { expected: expected.join("/"), required };
}

function remediesFor({ options, request, metadata }: ExpectedAnswerParts): RemedyFor {
  const { clientId, redirectUri = "http://localhost" } = options;
  const { tenantId, scopes } = request;
  const facts = {
    clientId,
    tenantId,
    scopes,
    redirectUri,
    otherClouds: otherClouds(metadata.authorization_endpoint),
  };
  return (aadsts) => {
    const remedy = remedyFor(aadsts);
    return remedy && { ...remedy, text: remedy.text(facts) };
  };
}
