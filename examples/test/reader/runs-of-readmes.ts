import { CONTAINERS, MESSAGE_OF_CODE, SUBSCRIPTIONS, TELLS_CODE, type ExpectedRuns } from "./expected-run.ts";

export const runsOfReadmes: ExpectedRuns = {
  "README.md: In the browser": { prints: SUBSCRIPTIONS },
  "README.md: With the broker of Windows": { prints: CONTAINERS },
  "README.md: With a device code": {
    prints: ["Signed in as ada@contoso.com"],
    says: TELLS_CODE,
    signIn: "device code",
  },
  "native/README.md: @entrada/wam": {
    prints: [/^platform The Windows Web Account Manager needs Windows; /],
    signIn: "never",
  },
  "packages/broker/README.md: Example": { prints: CONTAINERS },
  "packages/cache/README.md: Example": { keeps: true },
  "packages/cache/README.md: Reading MSAL's cache": { signIn: "never" },
  "packages/core/README.md: Example": { prints: SUBSCRIPTIONS },
  "packages/device-code/README.md: Example": {
    prints: SUBSCRIPTIONS,
    says: [MESSAGE_OF_CODE],
    signIn: "device code",
  },
  "packages/emulator/README.md: Example": { prints: ["ada@contoso.example"], signIn: "by itself" },
  "packages/emulator/README.md: Example (2)": { prints: ["ada@contoso.example"], signIn: "by itself" },
};
