import type { EmulatorOptions } from "@entrada/emulator";

const CONTOSO = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

/** The directory that the documentation speaks of: its tenant, its application, its person. */
export const documentedAzure: EmulatorOptions = {
  tenants: [{ id: CONTOSO, domain: "contoso.onmicrosoft.com", displayName: "Contoso" }],
  accounts: [
    {
      username: "ada@contoso.com",
      displayName: "Ada Byron",
      objectId: "11112222-bbbb-3333-cccc-4444dddd5555",
      tenantId: CONTOSO,
    },
  ],
  applications: [
    {
      clientId: "11111111-2222-3333-4444-555555555555",
      name: "My app",
      redirectUris: ["http://localhost", "http://localhost/signed-in"],
    },
  ],
  subscriptions: [
    {
      subscriptionId: "22223333-cccc-4444-dddd-5555eeee6666",
      displayName: "Production",
      tenantId: CONTOSO,
    },
    {
      subscriptionId: "33334444-dddd-5555-eeee-6666ffff7777",
      displayName: "Development",
      tenantId: CONTOSO,
    },
  ],
  person: { action: "approve", account: "ada@contoso.com" },
  // The shortest that the protocol knows: nothing is measured here.
  deviceCodeIntervalInS: 1,
};
