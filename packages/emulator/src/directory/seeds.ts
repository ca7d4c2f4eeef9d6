import {
  PERSONAL_TENANT_ID,
  type EmulatorAccount,
  type EmulatorApplication,
  type EmulatorResource,
  type EmulatorSubscription,
  type EmulatorTenant,
} from "./directory-types.ts";

const CONTOSO = "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10";
const FABRIKAM = "a86d4e91-7c25-4f0e-8b3a-6e19c2d4b705";

export const personalTenant: EmulatorTenant = {
  id: PERSONAL_TENANT_ID,
  domain: "consumers.example",
  displayName: "Personal accounts",
};

const WOODGROVE = "b36f1c8e-2d94-4a70-8e5b-f17a09c4d632";
const ON_PREMISES = "d07e5a41-6b3c-4f82-9d16-83c2f0b94e75";

export const seedTenants: readonly EmulatorTenant[] = [
  { id: CONTOSO, domain: "contoso.example", displayName: "Contoso" },
  { id: FABRIKAM, domain: "fabrikam.example", displayName: "Fabrikam" },
  { kind: "external-id", id: WOODGROVE, domain: "woodgrove.onmicrosoft.com", displayName: "Woodgrove" },
  { kind: "adfs", id: ON_PREMISES, domain: "corp.example", displayName: "Corp" },
];

const ada: EmulatorAccount = {
  username: "ada@contoso.example",
  displayName: "Ada Byron",
  objectId: "3d1c0f6e-52a7-4b8e-9f20-71c6d5e8a9b4",
  tenantId: CONTOSO,
};

const grace: EmulatorAccount = {
  username: "grace@contoso.example",
  displayName: "Grace Murray",
  objectId: "8b7e2a15-04d9-4c63-a1f8-2e9b6c0d7f53",
  tenantId: CONTOSO,
  guestOf: [{ tenantId: FABRIKAM, objectId: "c4f9d27b-6e13-48a0-b5d2-90a7e1c3f86d" }],
};

const mary: EmulatorAccount = {
  username: "mary@fabrikam.example",
  displayName: "Mary Fairfax",
  objectId: "e25a8c40-9f7b-4d31-86e5-b0c3d1f4a792",
  tenantId: FABRIKAM,
};

const sophie: EmulatorAccount = {
  username: "sophie@mail.example",
  displayName: "Sophie Germain",
  objectId: "00000000-0000-0000-4d2c-8e5b7a9f1c06",
  tenantId: PERSONAL_TENANT_ID,
};

const emilie: EmulatorAccount = {
  username: "emilie@mail.example",
  displayName: "Emilie du Chatelet",
  objectId: "71f4d2a9-0c58-4e36-b7d1-5a92e8c03f64",
  tenantId: WOODGROVE,
};

const emmy: EmulatorAccount = {
  username: "emmy@corp.example",
  displayName: "Emmy Noether",
  objectId: "0a8c6e13-f457-4b29-a1d8-c37e95b20d46",
  tenantId: ON_PREMISES,
};

export const seedAccounts: readonly EmulatorAccount[] = [ada, grace, mary, sophie, emilie, emmy];

/** The client every Azure SDK uses for developer sign-on when it is given none. */
const developerSignOn: EmulatorApplication = {
  clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  name: "Developer sign-on",
  redirectUris: ["http://localhost"],
};

export const seedApplications: readonly EmulatorApplication[] = [developerSignOn];

export const seedResources: readonly EmulatorResource[] = [
  {
    uri: "https://management.azure.com",
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    name: "Azure Resource Manager",
    scopes: ["user_impersonation"],
  },
  {
    uri: "https://management.core.windows.net",
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    name: "Azure Resource Manager",
    scopes: ["user_impersonation"],
  },
  {
    uri: "https://storage.azure.com",
    appId: "e406a681-f3d4-42a8-90b6-c2b029497af1",
    name: "Azure Storage",
    scopes: ["user_impersonation"],
    issuer: "sts.windows.net",
  },
  {
    uri: "https://graph.microsoft.com",
    appId: "00000003-0000-0000-c000-000000000000",
    name: "Microsoft Graph",
    scopes: [
      "User.Read",
      "User.ReadBasic.All",
      "Mail.Read",
      "Calendars.Read",
      "Files.Read",
      "Application.Read.All",
      "Application.ReadWrite.All",
    ],
  },
  {
    uri: "https://vault.azure.net",
    appId: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    name: "Azure Key Vault",
    scopes: ["user_impersonation"],
  },
  {
    uri: "https://cognitiveservices.azure.com",
    appId: "7d312290-28c8-473c-a0ed-8e53749b6d6d",
    name: "Microsoft Cognitive Services",
    scopes: ["user_impersonation"],
  },
  // What git, Docker and kubectl ask for. Two of them are named by their ids alone, also in the tokens for them.
  {
    uri: "499b84ac-1321-427f-aa17-267ca6975798",
    appId: "499b84ac-1321-427f-aa17-267ca6975798",
    name: "Azure DevOps",
    scopes: ["user_impersonation"],
  },
  {
    uri: "https://containerregistry.azure.net",
    appId: "6a0ec4d3-30cb-4a83-91c0-ae56bc0e3d26",
    name: "Azure Container Registry",
    scopes: ["user_impersonation"],
  },
  {
    uri: "6dae42f8-4368-4678-94ff-3960e28e3630",
    appId: "6dae42f8-4368-4678-94ff-3960e28e3630",
    name: "Azure Kubernetes Service AAD Server",
    scopes: ["user.read"],
  },
  {
    uri: "api://entrada-sample",
    appId: "6a2f0b9d-3c84-4e17-95d6-f1e08b7c2a43",
    name: "Sample API",
    scopes: ["Orders.Read", "Orders.Write"],
    tokenVersion: 2,
  },
];

export const seedSubscriptions: readonly EmulatorSubscription[] = [
  {
    subscriptionId: "1b6e9d34-70c2-4a5f-8e13-c9d0f2a7b586",
    displayName: "Contoso Production",
    tenantId: CONTOSO,
  },
  {
    subscriptionId: "94a3c7f0-d58e-4126-b09b-e7f1a2c6d843",
    displayName: "Contoso Development",
    tenantId: CONTOSO,
  },
  {
    subscriptionId: "f7d20e8b-3a91-4c65-97f4-5b8e1c0d6a29",
    displayName: "Fabrikam Shared",
    tenantId: FABRIKAM,
  },
];

/** The identities that are there when a test names none of its own. */
export interface EmulatorDefaults {
  readonly tenantId: string;
  readonly otherTenantId: string;
  readonly clientId: string;
  /** A work account of `tenantId`. */
  readonly account: Readonly<EmulatorAccount>;
  /** A work account of `otherTenantId`, unknown to `tenantId`. */
  readonly otherAccount: Readonly<EmulatorAccount>;
  /** A work account of `tenantId` that is a guest in `otherTenantId`. */
  readonly guest: Readonly<EmulatorAccount>;
  readonly personalAccount: Readonly<EmulatorAccount>;
  /** The External ID tenant, and a customer of it. */
  readonly externalId: { readonly tenant: EmulatorTenant; readonly account: EmulatorAccount };
  /** The AD FS, and somebody it knows. */
  readonly adfs: { readonly tenant: EmulatorTenant; readonly account: EmulatorAccount };
}

export const seedDefaults: EmulatorDefaults = {
  tenantId: CONTOSO,
  otherTenantId: FABRIKAM,
  clientId: developerSignOn.clientId,
  account: ada,
  otherAccount: mary,
  guest: grace,
  personalAccount: sophie,
  externalId: { tenant: seedTenants[2]!, account: emilie },
  adfs: { tenant: seedTenants[3]!, account: emmy },
};
