import type { WamRequest } from "@entrada/wam";
import type { MsalRuntime, RuntimeParameters } from "./msal-runtime.ts";

// The runtime sets these by itself, from the call that is made.
const WAMS_OWN: ReadonlySet<string> = new Set([
  "Client_uiflow",
  "LoginHint",
  "api-version",
  "claims",
  "hsu",
  "oauth2_batch",
  "prompt",
  "return_account_on_failure",
  "wam_compat",
  "x-client-info",
]);
const PROTOCOL_SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "offline_access"]);

/** A request to WAM as the runtime's parameters. */
export function runtimeParameters(
  { AuthParameters }: MsalRuntime,
  { clientId, providerAuthority, scope, properties = {} }: WamRequest,
  platform: string,
): RuntimeParameters {
  const parameters = new AuthParameters();
  parameters.CreateAuthParameters(clientId, authorityUrl(providerAuthority));
  parameters.SetRedirectUri(redirectUriOf(clientId, platform));
  const resourceScopes = scope.split(" ").filter((each) => !PROTOCOL_SCOPES.has(each));
  parameters.SetRequestedScopes(resourceScopes.length > 0 ? resourceScopes.join(" ") : "openid profile");
  if (properties["claims"] !== undefined) parameters.SetDecodedClaims(properties["claims"]);
  for (const [name, value] of Object.entries(properties)) {
    if (!WAMS_OWN.has(name)) parameters.SetAdditionalParameter(name, value);
  }
  return parameters;
}

function authorityUrl(providerAuthority: string): string {
  return providerAuthority.includes("://")
    ? providerAuthority
    : `https://login.microsoftonline.com/${providerAuthority}`;
}

// As the README of @azure/msal-node-extensions lists them; each must be registered.
function redirectUriOf(clientId: string, platform: string): string {
  switch (platform) {
    case "win32":
      return `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`;
    case "darwin":
      return "msauth.com.msauth.unsignedapp://auth";
    default:
      return "https://login.microsoftonline.com/common/oauth2/nativeclient";
  }
}
