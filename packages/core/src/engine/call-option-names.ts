import type { KnownNames } from "../errors/known-names.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import type { GetTokenOptions } from "../token-credential.ts";

/**
 * What clients of the Azure SDK pass on to `getToken` and nothing here uses: the rest of an operation's options, and what
 * their pipeline hands to whoever answers a challenge (`AuthorizeRequestOnChallengeOptions` of
 * `@azure/core-rest-pipeline`; `service` is that of a container registry).
 */
interface PassedOn {
  serializerOptions?: unknown;
  onResponse?: unknown;
  scopes?: unknown;
  request?: unknown;
  response?: unknown;
  getAccessToken?: unknown;
  logger?: unknown;
  service?: unknown;
}

/** Taken, and of no use here: none is suggested for a name that nobody knows. */
export const PASSED_ON: KnownNames<PassedOn> = {
  serializerOptions: true,
  onResponse: true,
  scopes: true,
  request: true,
  response: true,
  getAccessToken: true,
  logger: true,
  service: true,
};

/** The names of which `getToken` makes something. */
export const GET_TOKEN_OPTIONS: KnownNames<GetTokenOptions> = {
  abortSignal: true,
  requestOptions: true,
  tracingOptions: true,
  claims: true,
  enableCae: true,
  tenantId: true,
  proofOfPossessionOptions: true,
};

/** The names of which `authenticate` makes something. */
export const AUTHENTICATE_OPTIONS: KnownNames<AuthenticateOptions> = {
  ...GET_TOKEN_OPTIONS,
  forcePrompt: true,
  timeoutInMs: true,
};

/** All names that `getToken` takes. */
export const TAKEN_BY_GET_TOKEN: KnownNames<GetTokenOptions & PassedOn> = {
  ...GET_TOKEN_OPTIONS,
  ...PASSED_ON,
};
