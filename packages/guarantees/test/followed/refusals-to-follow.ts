import type { EmulatorOptions, PersonAnswer } from "@entrada/emulator";

/** What can differ between the sign-in that is refused and the one that follows the hint. */
export interface Situation {
  /** How the directory is. */
  readonly directory?: EmulatorOptions;
  /** How the credential is made. */
  readonly options?: {
    readonly clientId?: string;
    readonly tenantId?: string;
    readonly authorityHost?: string;
    readonly disableInstanceDiscovery?: boolean;
  };
  readonly scopes?: string | string[];
  readonly person?: PersonAnswer;
}

/** One refusal, and what its hint tells somebody to do. */
export interface RefusalToFollow {
  readonly aadsts: number;
  /** Only the person sees the number: the application hears nothing until the time is over. */
  readonly onPage?: true;
  readonly by: "browser" | "device code";
  /** What the hint says, in part. */
  readonly hint: string;
  readonly refused: Situation;
  /** What has changed when the hint was followed. */
  readonly followed: Situation;
}

const CLIENT = "0b0e7d3c-6f0b-4d8e-9f53-2f4b5c1e9a77";
const CONTOSO = "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10";
const PRIVATE = "login.private.example";
const CUSTOMERS = "7b3d0f6a-52c8-4c1e-8e0a-9a4f1d2c6b35";
const IDA = "c2a51c0e-0d57-4a66-8a5e-3f7a9d4b1e62";
const OWN_DOMAIN = "login.woodgrove.example";

function app(more: Partial<NonNullable<EmulatorOptions["applications"]>[number]>): EmulatorOptions {
  return {
    applications: [{ clientId: CLIENT, name: "Orders", redirectUris: ["http://localhost"], ...more }],
  };
}
const own = { clientId: CLIENT };
/** Refusals that the directory itself gives, each until somebody has done what is told. */
export const REFUSALS_TO_FOLLOW: readonly RefusalToFollow[] = [
  {
    aadsts: 7000218,
    by: "device code",
    hint: 'Set "Allow public client flows" to Yes under Authentication in the app registration of',
    refused: { directory: app({ allowPublicClientFlows: false }), options: own },
    followed: { directory: app({ allowPublicClientFlows: true }) },
  },
  {
    aadsts: 7000218,
    by: "browser",
    hint: 'Set "Allow public client flows" to Yes',
    refused: {
      directory: app({ redirectUris: [], webRedirectUris: ["http://localhost"] }),
      options: own,
    },
    followed: { directory: app({}) },
  },
  {
    aadsts: 50011,
    onPage: true,
    by: "browser",
    hint: 'register http://localhost under "Mobile and desktop applications"',
    refused: { directory: app({ redirectUris: ["https://orders.contoso.example"] }), options: own },
    followed: { directory: app({ redirectUris: ["http://localhost"] }) },
  },
  {
    aadsts: 50049,
    by: "browser",
    hint: "set disableInstanceDiscovery to true",
    refused: {
      directory: {
        tenants: [{ id: CONTOSO, domain: "contoso.example", displayName: "Contoso", hosts: [PRIVATE] }],
      },
      options: { authorityHost: `https://${PRIVATE}`, tenantId: CONTOSO },
    },
    followed: {
      options: { authorityHost: `https://${PRIVATE}`, tenantId: CONTOSO, disableInstanceDiscovery: true },
    },
  },
  // A tenant of External ID at a domain of its own: which one, its name does not tell.
  ...(["browser", "device code"] as const).map((by): RefusalToFollow => ({
    aadsts: 50049,
    by,
    hint: "For an External ID tenant at a domain of its own set tenantId to that tenant",
    refused: {
      directory: {
        tenants: [
          {
            kind: "external-id",
            id: CUSTOMERS,
            domain: "woodgrove.onmicrosoft.com",
            displayName: "Woodgrove",
            hosts: [OWN_DOMAIN],
          },
        ],
        accounts: [
          { username: "ida@woodgrove.example", displayName: "Ida", objectId: IDA, tenantId: CUSTOMERS },
        ],
      },
      options: { authorityHost: `https://${OWN_DOMAIN}` },
      scopes: "https://vault.azure.net/.default",
    },
    followed: {
      options: { authorityHost: `https://${OWN_DOMAIN}`, tenantId: CUSTOMERS },
      person: { action: "approve", account: "ida@woodgrove.example" },
    },
  })),
  {
    aadsts: 700016,
    by: "device code",
    hint: "Check clientId (",
    refused: { options: own },
    followed: { directory: app({}) },
  },
  {
    aadsts: 50194,
    by: "device code",
    hint: "Set tenantId to the application's own tenant instead of organizations",
    refused: { directory: app({ audience: "singleTenant", tenantId: CONTOSO }), options: own },
    followed: { options: { ...own, tenantId: CONTOSO } },
  },
  {
    aadsts: 9002331,
    by: "device code",
    hint: 'Set tenantId to "consumers"',
    refused: { directory: app({ audience: "personal" }), options: own },
    followed: {
      options: { ...own, tenantId: "consumers" },
      person: { action: "approve", account: "sophie@mail.example" },
    },
  },
  {
    aadsts: 9002332,
    by: "device code",
    hint: 'Set tenantId to "organizations" or a tenant\'s id instead of consumers',
    refused: { directory: app({ audience: "anyOrganization" }), options: { ...own, tenantId: "consumers" } },
    followed: { options: { ...own, tenantId: "organizations" } },
  },
  {
    aadsts: 65004,
    by: "browser",
    hint: "Sign in again and accept the permissions",
    refused: {
      directory: app({ consent: "required" }),
      options: own,
      person: { action: "decline" },
    },
    followed: { person: { action: "approve" } },
  },
  {
    aadsts: 650053,
    by: "browser",
    hint: "Check https://graph.microsoft.com/Mail.Raed: a scope is written as",
    refused: { scopes: "https://graph.microsoft.com/Mail.Raed" },
    followed: { scopes: "https://graph.microsoft.com/Mail.Read" },
  },
  {
    aadsts: 500011,
    by: "browser",
    hint: "Check https://valut.azure.net/.default and tenantId",
    refused: { scopes: "https://valut.azure.net/.default" },
    followed: { scopes: "https://vault.azure.net/.default" },
  },
  {
    aadsts: 90002,
    by: "device code",
    hint: "Check tenantId (contosso.example), and authorityHost if the tenant is in another cloud",
    refused: { options: { tenantId: "contosso.example" } },
    followed: { options: { tenantId: "contoso.example" } },
  },
  {
    aadsts: 70017,
    by: "device code",
    hint: "Sign in again and accept",
    refused: { person: { action: "decline" } },
    followed: { person: { action: "approve" } },
  },
];
