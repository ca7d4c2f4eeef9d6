import type { AuthenticateOptions } from "../interactive-credential.ts";
import type { GetTokenOptions } from "../token-credential.ts";
import type { KnownNames } from "../errors/known-names.ts";
import type { CredentialOptions, InteractiveOptions } from "./credential-options.ts";

/** What all credentials take. */
export type SharedOptions = CredentialOptions & InteractiveOptions;

/** The names that all credentials know. */
export const SHARED_OPTIONS: KnownNames<SharedOptions> = {
  clientId: true,
  tenantId: true,
  authorityHost: true,
  additionallyAllowedTenants: true,
  disableInstanceDiscovery: true,
  authenticationRecord: true,
  disableAutomaticAuthentication: true,
  tokenCache: true,
  fetch: true,
  requestTimeoutInMs: true,
  onEvent: true,
  applicationName: true,
  timeoutInMs: true,
  loginHint: true,
  prompt: true,
  promptCooldownInMs: true,
};

/** What clients of the Azure SDK pass on to `getToken` with the rest of an operation's options; nothing here uses it. */
interface PassedOn {
  serializerOptions?: unknown;
  onResponse?: unknown;
}

/** The names that `getToken` knows. */
export const GET_TOKEN_OPTIONS: KnownNames<GetTokenOptions & PassedOn> = {
  abortSignal: true,
  requestOptions: true,
  tracingOptions: true,
  claims: true,
  enableCae: true,
  tenantId: true,
  proofOfPossessionOptions: true,
  serializerOptions: true,
  onResponse: true,
};

/** The names that `authenticate` knows. */
export const AUTHENTICATE_OPTIONS: KnownNames<AuthenticateOptions & PassedOn> = {
  ...GET_TOKEN_OPTIONS,
  forcePrompt: true,
  timeoutInMs: true,
};
