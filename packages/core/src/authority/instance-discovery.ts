import { AuthenticationError, isAuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorityAnswer } from "../http/authority-answer.ts";
import type { AuthorityClient } from "./authority-client.ts";
import { AzureAuthorityHosts } from "./authority-hosts.ts";
import { PRIVATE_CLOUD, UNKNOWN_INSTANCE } from "../refusals/aadsts-remedies.ts";
import { isRefusal } from "../refusals/server-error.ts";
import { serverFacts } from "../refusals/server-facts.ts";

export interface InstanceQuestion {
  readonly authorityHost: string;
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly correlationId: string;
  /** See `AuthorityRequest.background`. */
  readonly background?: boolean;
}

/**
 * Asks the public cloud whether it knows a host as an authority, so that a mistyped host is found before a code or a
 * token is sent to it.
 * @throws AuthenticationError when it does not, or cannot be asked.
 */
export async function discoverInstance(client: AuthorityClient, question: InstanceQuestion): Promise<void> {
  const answer = await ask(client, question);
  if (!isRefusal(answer)) return;
  const { aadsts, correlationId, traceId, timestamp } = serverFacts(answer.json, question.correlationId);
  throw new AuthenticationError({
    code: "service",
    detail: "invalid_instance",
    what: `Microsoft's public cloud does not know ${question.authorityHost} as an authority`,
    remedy: UNKNOWN_INSTANCE,
    aadsts,
    correlationId,
    traceId,
    timestamp,
  });
}

async function ask(client: AuthorityClient, question: InstanceQuestion): Promise<AuthorityAnswer> {
  const { authorityHost, tenant, ...rest } = question;
  const url = new URL("/common/discovery/instance", AzureAuthorityHosts.AzurePublicCloud);
  url.searchParams.set("api-version", "1.1");
  url.searchParams.set("authorization_endpoint", `${authorityHost}/${tenant}/oauth2/v2.0/authorize`);
  try {
    return await client.send({ method: "GET", url: url.href, repeat: "safe", ...rest });
  } catch (error) {
    if (!isAuthenticationError(error)) throw error;
    throw new AuthenticationError({
      code: error.code,
      detail: error.detail,
      what: `${url.host} could not be asked whether ${authorityHost} is an authority (${error.detail ?? error.code})`,
      remedy: [error.hint, PRIVATE_CLOUD].filter(Boolean).join(". "),
      retryable: error.retryable,
      retryAfterInMs: error.retryAfterInMs,
      correlationId: question.correlationId,
      cause: error.cause ?? error,
    });
  }
}
