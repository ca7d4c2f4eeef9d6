import type {
  EmulatorAccount,
  EmulatorApplication,
  EmulatorPolicy,
  EmulatorResource,
  EmulatorSubscription,
  EmulatorTenant,
} from "../directory/directory-types.ts";
import { FLAG, oneOf, TEXT, TEXTS, type Form } from "../forms.ts";

/** The fields that an object cannot do without, and those that it may have. Lists of objects are checked one by one. */
interface Forms {
  readonly needed: Readonly<Record<string, Form>>;
  readonly given: Readonly<Record<string, Form>>;
}

/** Every field of a type once: the compiler asks for the form of each new one. */
type FormsOf<T, Lists extends keyof T = never> = Readonly<Record<Exclude<keyof T, Lists>, Form>>;

function split<T extends Readonly<Record<string, Form>>>(forms: T, ...needed: (keyof T & string)[]): Forms {
  const isNeeded = ([name]: readonly [string, Form]): boolean => needed.includes(name);
  const all = Object.entries(forms);
  return {
    needed: Object.fromEntries(all.filter(isNeeded)),
    given: Object.fromEntries(all.filter((each) => !isNeeded(each))),
  };
}

const TENANT: FormsOf<EmulatorTenant, "policies"> = {
  kind: oneOf("entra", "external-id", "adfs"),
  id: TEXT,
  domain: TEXT,
  displayName: TEXT,
  hosts: TEXTS,
};
const POLICY: FormsOf<EmulatorPolicy> = {
  require: oneOf("mfa", "compliantDevice", "managedDevice", "block", "stepUp"),
  authenticationContext: TEXT,
  resource: TEXT,
  accounts: TEXTS,
  flow: oneOf("deviceCode"),
};
const ACCOUNT: FormsOf<EmulatorAccount, "guestOf"> = {
  username: TEXT,
  displayName: TEXT,
  objectId: TEXT,
  tenantId: TEXT,
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

/** The forms of what stands in the lists of an emulator's options, and of the lists within that. */
export const FORMS_OF_ITEMS: Readonly<Record<ItemName, Forms>> = {
  tenants: split(TENANT, "id", "domain", "displayName"),
  policies: split(POLICY, "require"),
  accounts: split(ACCOUNT, "username", "displayName", "objectId", "tenantId"),
  guestOf: split(GUEST, "tenantId", "objectId"),
  applications: split(APPLICATION, "clientId", "name"),
  resources: split(RESOURCE, "uri", "appId", "name", "scopes"),
  subscriptions: split(SUBSCRIPTION, "subscriptionId", "displayName", "tenantId"),
};
