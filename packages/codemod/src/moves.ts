/** The packages that a project moves away from. */
export const IDENTITY = "@azure/identity";
export const IDENTITY_BROKER = "@azure/identity-broker";
export const IDENTITY_CACHE = "@azure/identity-cache-persistence";

/** The packages that it moves to. */
export type EntradaPackage = "@entrada/core" | "@entrada/device-code" | "@entrada/broker" | "@entrada/cache";

/** Where an export of `@azure/identity` is found in Entrada. */
export interface Move {
  readonly to: EntradaPackage;
  /** Its name there. */
  readonly name: string;
}

export const BROWSER = "InteractiveBrowserCredential";
export const DEVICE_CODE = "DeviceCodeCredential";
export const BROKER = "InteractiveBrowserBrokerCredential";
export const BROWSER_OPTIONS = "InteractiveBrowserCredentialNodeOptions";
export const BROKER_OPTIONS = "InteractiveBrowserBrokerCredentialOptions";

/** What belongs to the interactive credentials, and moves whatever else a project uses. */
const ALWAYS: Readonly<Record<string, Move>> = {
  [BROWSER]: { to: "@entrada/core", name: BROWSER },
  [BROWSER_OPTIONS]: { to: "@entrada/core", name: "InteractiveBrowserCredentialOptions" },
  [DEVICE_CODE]: { to: "@entrada/device-code", name: DEVICE_CODE },
  DeviceCodeCredentialOptions: { to: "@entrada/device-code", name: "DeviceCodeCredentialOptions" },
  DeviceCodeInfo: { to: "@entrada/device-code", name: "DeviceCodeInfo" },
  DeviceCodePromptCallback: { to: "@entrada/device-code", name: "UserPromptCallback" },
  AuthenticationRecord: { to: "@entrada/core", name: "AuthenticationRecord" },
  serializeAuthenticationRecord: { to: "@entrada/core", name: "serializeAuthenticationRecord" },
  deserializeAuthenticationRecord: { to: "@entrada/core", name: "deserializeAuthenticationRecord" },
};

/** What other credentials of `@azure/identity` use, too: it moves when nothing else of `@azure/identity` is left. */
const TOGETHER: Readonly<Record<string, Move>> = {
  AuthenticationError: { to: "@entrada/core", name: "AuthenticationError" },
  AuthenticationRequiredError: { to: "@entrada/core", name: "AuthenticationRequiredError" },
  CredentialUnavailableError: { to: "@entrada/core", name: "CredentialUnavailableError" },
  AzureAuthorityHosts: { to: "@entrada/core", name: "AzureAuthorityHosts" },
  TokenCredential: { to: "@entrada/core", name: "TokenCredential" },
  AccessToken: { to: "@entrada/core", name: "AccessToken" },
  GetTokenOptions: { to: "@entrada/core", name: "GetTokenOptions" },
  getBearerTokenProvider: { to: "@entrada/core", name: "getBearerTokenProvider" },
  GetBearerTokenProviderOptions: { to: "@entrada/core", name: "GetBearerTokenProviderOptions" },
};

export const ERROR_CLASSES: readonly string[] = [
  "AuthenticationError",
  "AuthenticationRequiredError",
  "CredentialUnavailableError",
];

/** Names that only make sense for the plugins, which Entrada does without. */
export const USE_PLUGIN = "useIdentityPlugin";
export const PLUGINS: Readonly<Record<string, string>> = {
  [IDENTITY_BROKER]: "nativeBrokerPlugin",
  [IDENTITY_CACHE]: "cachePersistencePlugin",
};

/** Whether a name of `@azure/identity` moves whatever else a project uses. */
export function movesAlways(name: string): boolean {
  return Object.hasOwn(ALWAYS, name);
}

/** Whether a project that uses this name of `@azure/identity` goes on needing that package. */
export function isForeign(name: string): boolean {
  return !(name in ALWAYS) && !(name in TOGETHER) && name !== USE_PLUGIN;
}

/**
 * Where a name of `@azure/identity` moves.
 * @param foreign - whether the project uses other parts of `@azure/identity`
 */
export function moveOf(name: string, foreign: boolean): Move | undefined {
  if (Object.hasOwn(ALWAYS, name)) return ALWAYS[name];
  return !foreign && Object.hasOwn(TOGETHER, name) ? TOGETHER[name] : undefined;
}
