import { CONTAINERS, SUBSCRIPTIONS, TELLS_CODE, type ExpectedRuns } from "./expected-run.ts";

const NO_BROKER = /no D-Bus that can be reached|Nobody offers the Linux broker/;
// What @azure/identity says of any broker where there is none, ours included.
const NO_BROKER_OF_AZURE =
  /Broker for WAM was requested, and the plugin is configured, but the broker is unavailable/;
const A_SIGN_IN_PAGE = /https:\S+\/oauth2\/v2\.0\/authorize\?\S+$/;

export const runsOfGuides: ExpectedRuns = {
  "docs/broker.md: The broker of Windows": { prints: CONTAINERS },
  "docs/broker.md: Fallback": {
    says: [NO_BROKER, /^Signing in with the browser: \w+$/],
  },
  "docs/broker.md: Linux": { prints: CONTAINERS },
  "docs/broker.md: WSL": {},
  "docs/broker.md: With msal-node": { signIn: "never" },
  "docs/broker.md: With @azure/identity": { fails: NO_BROKER_OF_AZURE, signIn: "never" },
  "docs/broker.md: Microsoft's runtime instead": {},
  "docs/calling-an-api.md: Clients that want a function": { prints: [/^\d{3,}$/] },
  "docs/several-accounts.md: Several accounts": { signIn: "never" },
  "docs/sign-out.md: Sign out": { prints: ["0"], signIn: "never" },
  "docs/device-code.md: Device code": { prints: SUBSCRIPTIONS, says: TELLS_CODE, signIn: "device code" },
  "docs/device-code.md: Device code (2)": {
    says: [/^Open https:\S+\/devicelogin and enter [A-Z0-9]{9} before \d/],
    signIn: "device code",
  },
  "docs/electron.md: The credential": {
    use: `
      import { createCredential } from "BLOCK";
      const window = { isDestroyed: () => false, getNativeWindowHandle: () => new Uint8Array(8) };
      console.log((await createCredential(() => window).authenticate()).username);`,
    prints: ["ada@contoso.com"],
    keeps: true,
  },
  "docs/electron.md: What the page hears of an error": {
    use: `
      import { AuthenticationError } from "@entrada/core";
      import { answerPage } from "BLOCK";
      const refuses = async () => {
        throw new AuthenticationError({ code: "user_cancelled", what: "The window was closed", detail: "closed" });
      };
      const { error } = structuredClone(await answerPage(refuses));
      console.log(error.code, error.detail);
      console.log(JSON.stringify(await answerPage(async () => 7)));`,
    prints: ["user_cancelled closed", '{"value":7}'],
    signIn: "never",
  },
  "docs/errors.md: Errors": [{}, { signIn: "declined", says: ["Nobody is signed in."] }],
  "docs/getting-started.md: 2. Sign in": { prints: SUBSCRIPTIONS },
  "docs/getting-started.md: 2. Sign in (2)": {
    prints: ["Signed in as ada@contoso.com", /^\d{3,} \d{4}-\d\d-\d\dT[\d:.]+Z$/],
  },
  "docs/getting-started.md: 3. Stay signed in": { keeps: true },
  "docs/getting-started.md: 4. See what happens": { says: ["Look at your browser."] },
  "docs/interactive-browser.md: Interactive browser": {},
  "docs/interactive-browser.md: Redirect URI": { port: 8400 },
  "docs/interactive-browser.md: Time and abort": {},
  "docs/interactive-browser.md: Which browser": { says: [A_SIGN_IN_PAGE], hasBrowser: false },
  "docs/interactive-browser.md: SSH, containers, CI": [
    {},
    {
      hasBrowser: false,
      says: [/there is no screen/, ...TELLS_CODE],
      signIn: "device code",
    },
  ],
  "docs/logs-and-traces.md: A log of your own": {
    says: [/^\S+Z browser prompt$/, /^\S+Z browser done$/],
  },
  "docs/logs-and-traces.md: The level and the sink of `@azure/logger`": {
    says: ["azure:entrada:info browser prompt", "azure:entrada:info browser done"],
  },
  "docs/logs-and-traces.md: OpenTelemetry": {
    prints: ["InteractiveBrowserCredential.getToken entrada.prompt entrada.done"],
  },
  "docs/migration.md: Errors": {
    use: `
      import { token } from "BLOCK";
      console.log((await token("https://management.azure.com/.default")).length > 100);`,
    prints: ["true"],
  },
  "docs/migration.md: From `@azure/identity-broker`": {
    use: `
      import { create } from "BLOCK";
      create(new Uint8Array(8));`,
    fails: NO_BROKER_OF_AZURE,
    signIn: "never",
  },
  "docs/migration.md: From MSAL": {
    use: `
      import { client } from "BLOCK";
      for await (const { name } of client.listContainers()) console.log(name);`,
    prints: CONTAINERS,
    keeps: true,
  },
  "docs/testing-with-the-emulator.md: What the person does": {
    prints: [/^Sign-in was cancelled in the browser/, /access_denied: AADSTS65004/, "grace@contoso.example"],
    signIn: "by itself",
  },
  "docs/testing-with-the-emulator.md: Faults, time, revocation": {
    prints: ["0 undefined"],
    signIn: "by itself",
  },
  "docs/testing-with-the-emulator.md: Applications, tenants, policies": {
    prints: [/^https:\/\/localhost:\d+$/],
    signIn: "by itself",
  },
  "docs/token-cache.md: Token cache": { keeps: true },
  "docs/troubleshooting.md: 7. `broker_unavailable`": {
    prints: [
      "{",
      "  available: false,",
      "  code: 'broker_unavailable',",
      /^  detail: '(?:no_session_bus|broker_missing)',$/,
      NO_BROKER,
      "}",
    ],
    signIn: "never",
  },
  "docs/troubleshooting.md: 8. `authentication_required`": {},
  // What it does is tested by the page itself, under "Prove it".
  "docs/writing-a-flow.md: A whole flow": { signIn: "never" },
  "docs/writing-a-flow.md: Its credential": [
    {
      use: `
      import { PasteCredential } from "BLOCK";
      const credential = new PasteCredential({ redirectUri: process.env.LAST_PAGE });
      console.log((await credential.authenticate()).username);`,
      says: [A_SIGN_IN_PAGE, /^and paste the address at which the browser ended: /],
      prints: ["ada@contoso.com"],
    },
    {
      use: `
        import { PasteCredential } from "BLOCK";
        // Nobody sees the question, so that nobody answers it.
        process.stderr.write = () => true;
        setImmediate(() => process.stdin.push(null));
        await new PasteCredential().authenticate().catch((error) => console.log(error.message));`,
      prints: ["Standard input has ended."],
      signIn: "never",
    },
    {
      use: `
        import { PasteCredential } from "BLOCK";
        process.stdin.push(null);
        for await (const _ of process.stdin);
        await new PasteCredential().authenticate().catch((error) => console.log(error.message));`,
      prints: ["Standard input has ended."],
      signIn: "never",
    },
  ],
  "docs/wsl-ssh-containers.md: One program for all of them": [
    {},
    { hasBrowser: false, says: TELLS_CODE, signIn: "device code" },
  ],
  "docs/wsl-ssh-containers.md: One program for all of them (2)": [
    { says: [NO_BROKER, "browser: yes"], signIn: "never" },
    { hasBrowser: false, says: [NO_BROKER, /^browser: .*there is no screen/], signIn: "never" },
  ],
  "docs/wsl-ssh-containers.md: SSH": {
    says: ["Open this page on your own machine:", A_SIGN_IN_PAGE],
    hasBrowser: false,
    port: 8400,
  },
};
