import { printable } from "@entrada/core/credential";

// What the library tells a developer, and what it comes to for a person at this command. Of each pair the first is a
// part of the library's sentences; longer ones stand before those that they contain.
export const COMMAND_WORDS: readonly (readonly [library: string, command: string])[] = [
  ["forward a port and set redirectUri and openBrowser", "sign in on the machine at which you sit"],
  ["set BROWSER, or pass openBrowser", "or set BROWSER"],
  [
    "Show the code yourself by the option userPromptCallback or onEvent",
    "Let standard error lead to a terminal",
  ],
  [
    'Show the person the "url" of the "prompt" event through the option "onEvent", or use the device code flow',
    "Use entrada login --no-browser, or entrada login --device-code",
  ],
  [
    'Open the "url" of this event by hand while the sign-in waits, or use the device code flow',
    "Use entrada login --no-browser, or entrada login --device-code",
  ],
  ["Set allowDeviceCode to true if that is meant", "Use entrada login --device-code if that is meant"],
  // Who gave --remote or --device-code knows that the others are left out.
  ...["broker", "browser", "device-code"].map(
    (flow) => [` This way is left out by the option signIn. Add "${flow}" to it.`, ""] as const,
  ),
  ['set tenantId to "organizations" or "consumers"', "give --tenant organizations or --tenant consumers"],
  [', or name its node.exe by the option "windowsNodePath"', ""],
  [
    'Leave the option "browserFallback" at "when-unavailable" to sign in with the browser',
    "The browser takes its place",
  ],
  [
    '; or pass `key`: a passphrase, a key file, a systemd credential or the TPM. With `protection: "prefer"` the tokens',
    ". With entrada login --unencrypted-cache the tokens",
  ],
  ["by `key` or ENTRADA_CACHE_KEY_FILE", "by ENTRADA_CACHE_KEY_FILE"],
  ["the same `key` as before, or the same by", "the same as before by"],
  [
    "explained at https://github.com/entrada-auth/entrada/blob/main/docs/errors.md#codes-of-entra-aadsts and https://login.microsoftonline.com/error?code=NUMBER",
    "explained by entrada explain NUMBER",
  ],
  [
    "clear the cache and sign in again",
    "remove the stored sign-in (https://github.com/entrada-auth/entrada/blob/main/docs/token-cache.md#clear-it) and sign in again",
  ],
  ["or raise requestTimeoutInMs", "or try later"],
  ["or sign in with DeviceCodeCredential", "or use entrada login --device-code"],
  [
    'Call authenticate() to ask at once, or set the option "promptCooldownInMs"',
    "Use entrada login to be asked at once",
  ],
  [
    'Add the tenant to the option "additionallyAllowedTenants", or "*" to allow any',
    "Sign in to that tenant by a profile of its own: entrada login --profile <name> --tenant <tenant>",
  ],
  ["; see the cause, and the store that was passed as tokenCache", ""],
  ["For a private cloud set disableInstanceDiscovery to true", "A private cloud needs a program of its own"],
  ["The error's `cause` says why; or", "Look at its disk, or"],
  ["The error's `cause` says why; if", "If"],
  ["Choose a `directory` of this user's", "Set XDG_STATE_HOME to a folder of this user's"],
  ["choose another `directory` or `name`", "set XDG_STATE_HOME to another folder"],
  ["choose another `directory`", "set XDG_STATE_HOME to another folder"],
  ["choose a `directory`", "XDG_STATE_HOME"],
  ['the option "timeoutInMs"', "--timeout"],
  ["the device code flow (DeviceCodeCredential)", "entrada login --device-code"],
  ["se the device code flow", "se entrada login --device-code"],
  ["ign in with a device code", "ign in with entrada login --device-code"],
  ["authorityHost", "--authority-host"],
  ["tenantId", "--tenant"],
  ["clientId", "--client-id"],
  ["loginHint", "--hint"],
  ["`key`", "ENTRADA_CACHE_KEY_FILE"],
];

/** What the library says, for a person who reads it here: in the words of this command, and as a terminal may show it. */
export function inCommandWords(text: string): string {
  return printable(
    COMMAND_WORDS.reduce((told, [library, command]) => told.replaceAll(library, command), text),
  );
}
