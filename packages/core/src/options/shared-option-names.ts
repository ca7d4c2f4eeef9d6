import type { KnownNames } from "../errors/known-names.ts";
import type { CredentialOptions, InteractiveOptions } from "./credential-options.ts";

/** What all credentials take. */
export type SharedOptions = CredentialOptions & InteractiveOptions;

/** The names that all credentials know. A function, as all tables here are: nobody pays for it who makes no credential. */
export const sharedOptionNames = (): KnownNames<SharedOptions> => ({
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
});
