import type {
  EmulatorAccount,
  EmulatorApplication,
  EmulatorPolicy,
  EmulatorResource,
  EmulatorSubscription,
  EmulatorTenant,
} from "../directory/directory-types.ts";
import { FLAG, LIST, oneOf, TEXT, TEXTS, type Form } from "../forms.ts";

/** The form of each field of an object, and the fields that it cannot do without, in their order. */
interface Forms {
  readonly forms: Readonly<Record<string, Form>>;
  readonly needed: readonly string[];
}

/** Every field of a type once: the compiler asks for the form of each new one. */
type FormsOf<T> = Readonly<Record<keyof T, Form>>;

function formsOf<T>(forms: FormsOf<T>, ...needed: readonly (keyof T & string)[]): Forms {
  return { forms, needed };
}

const TENANT: FormsOf<EmulatorTenant> = {
  kind: oneOf("entra", "external-id", "adfs"),
  id: TEXT,
  domain: TEXT,
  displayName: TEXT,
  hosts: TEXTS,
  policies: LIST,
};
const POLICY: FormsOf<EmulatorPolicy> = {
  require: oneOf("mfa", "compliantDevice", "managedDevice", "block", "stepUp"),
  authenticationContext: TEXT,
  resource: TEXT,
  accounts: TEXTS,
  flow: oneOf("deviceCode"),
};
const ACCOUNT: FormsOf<EmulatorAccount> = {
  username: TEXT,
  displayName: TEXT,
  objectId: TEXT,
  tenantId: TEXT,
  guestOf: LIST,
  disabled: FLAG,
};
const GUEST: FormsOf<NonNullable<EmulatorAccount["guestOf"]>[number]> = { tenantId: TEXT, objectId: TEXT };
const APPLICATION: FormsOf<EmulatorApplication> = {
  clientId: TEXT,
  name: TEXT,
  tenantId: TEXT,
  audience: oneOf("singleTenant", "anyOrganization", "anyOrganizationAndPersonal", "personal"),
  redirectUris: TEXTS,
  webRedirectUris: TEXTS,
  allowPublicClientFlows: FLAG,
  consent: oneOf("preauthorized", "required"),
};
const RESOURCE: FormsOf<EmulatorResource> = {
  uri: TEXT,
  appId: TEXT,
  name: TEXT,
  scopes: TEXTS,
  tokenVersion: oneOf(1, 2),
  issuer: oneOf("emulator", "sts.windows.net"),
};
const SUBSCRIPTION: FormsOf<EmulatorSubscription> = {
  subscriptionId: TEXT,
  displayName: TEXT,
  tenantId: TEXT,
  accounts: TEXTS,
};

type ItemName =
  | "tenants"
  | "policies"
  | "accounts"
  | "guestOf"
  | "applications"
  | "resources"
  | "subscriptions";

/** The forms of what stands in the lists of an emulator's options, and of the lists within that; these are checked one by one as well. */
export const FORMS_OF_ITEMS: Readonly<Record<ItemName, Forms>> = {
  tenants: formsOf(TENANT, "id", "domain", "displayName"),
  policies: formsOf(POLICY, "require"),
  accounts: formsOf(ACCOUNT, "username", "displayName", "objectId", "tenantId"),
  guestOf: formsOf(GUEST, "tenantId", "objectId"),
  applications: formsOf(APPLICATION, "clientId", "name"),
  resources: formsOf(RESOURCE, "uri", "appId", "name", "scopes"),
  subscriptions: formsOf(SUBSCRIPTION, "subscriptionId", "displayName", "tenantId"),
};
