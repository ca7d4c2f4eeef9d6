/** Who answers the sign-in page. */
export type Visitor = "scripted person" | "person at the emulator" | "person at Entra ID";

/** What to say when a person is asked. */
interface SignInWords {
  readonly browser: readonly string[];
  readonly code: (verificationUri: string, userCode: string) => readonly string[];
}

const ABOUT_THE_CERTIFICATE =
  "  The browser will warn about its certificate, which was made for this run: choose Advanced, then go on.";

export const signInWords: Readonly<Record<Visitor, SignInWords>> = {
  "scripted person": {
    browser: ["  A scripted person answers the sign-in page: picks an account and approves."],
    code: (uri, code) => [`  A scripted person opens ${uri}, enters the code ${code} and approves.`],
  },
  "person at the emulator": {
    browser: [
      "  Opening the sign-in page of the local Entra ID in your browser.",
      ABOUT_THE_CERTIFICATE,
      "  Pick any account; there is no password.",
    ],
    code: (uri, code) => [
      `  Open     ${uri}`,
      `  Enter    ${code}`,
      ABOUT_THE_CERTIFICATE,
      `  Is your browser on another machine? Bring the port there first: ${forwarding(uri)}`,
      "  No browser at all? Press Ctrl-C and run: npm run demo -- --yes",
    ],
  },
  "person at Entra ID": {
    browser: ["  Opening the sign-in page in your browser."],
    code: (uri, code) => [`  Open     ${uri}   (on any device)`, `  Enter    ${code}`],
  },
};

function forwarding(uri: string): string {
  const { host, port } = new URL(uri);
  return `ssh -L ${port}:${host} <this machine>`;
}
