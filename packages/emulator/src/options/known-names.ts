import type {
  EmulatorAccount,
  EmulatorApplication,
  EmulatorPolicy,
  EmulatorResource,
  EmulatorSubscription,
  EmulatorTenant,
} from "../directory/directory-types.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import type { PersonAnswer } from "./person-answer.ts";

/** The names of a type, each once: the compiler asks for every new one. */
type Names<T> = Readonly<Record<keyof T, true>>;

const OPTIONS: Names<EmulatorOptions> = {
  port: true,
  host: true,
  allowOtherMachines: true,
  tenants: true,
  accounts: true,
  applications: true,
  resources: true,
  subscriptions: true,
  clock: true,
  person: true,
  accessTokenLifetimeInS: true,
  deviceCodeLifetimeInS: true,
  deviceCodeIntervalInS: true,
};
const TENANT: Names<EmulatorTenant> = {
  kind: true,
  id: true,
  domain: true,
  displayName: true,
  hosts: true,
  policies: true,
};
const POLICY: Names<EmulatorPolicy> = {
  require: true,
  authenticationContext: true,
  resource: true,
  accounts: true,
  flow: true,
};
const ACCOUNT: Names<EmulatorAccount> = {
  username: true,
  displayName: true,
  objectId: true,
  tenantId: true,
  guestOf: true,
  disabled: true,
};
const GUEST: Names<NonNullable<EmulatorAccount["guestOf"]>[number]> = { tenantId: true, objectId: true };
const APPLICATION: Names<EmulatorApplication> = {
  clientId: true,
  name: true,
  tenantId: true,
  audience: true,
  redirectUris: true,
  webRedirectUris: true,
  allowPublicClientFlows: true,
  consent: true,
};
const RESOURCE: Names<EmulatorResource> = {
  uri: true,
  appId: true,
  name: true,
  scopes: true,
  tokenVersion: true,
  issuer: true,
};
const SUBSCRIPTION: Names<EmulatorSubscription> = {
  subscriptionId: true,
  displayName: true,
  tenantId: true,
  accounts: true,
};
const PERSON: Names<PersonAnswer> = { action: true, account: true, delayInMs: true };

type Known = Readonly<Record<string, true>>;

/** Which names each object of an emulator's options may have. */
export const KNOWN_NAMES: Readonly<{
  options: Known;
  tenants: Known;
  policies: Known;
  accounts: Known;
  guestOf: Known;
  applications: Known;
  resources: Known;
  subscriptions: Known;
  person: Known;
}> = {
  options: OPTIONS,
  tenants: TENANT,
  policies: POLICY,
  accounts: ACCOUNT,
  guestOf: GUEST,
  applications: APPLICATION,
  resources: RESOURCE,
  subscriptions: SUBSCRIPTION,
  person: PERSON,
};
