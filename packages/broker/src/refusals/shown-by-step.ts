/** The calls that show something. What they are called after they have begun ends with one of `ENDS`. */
const SHOWING: ReadonlySet<string> = new Set([
  "RequestTokenForWindowAsync",
  "RequestTokenWithWebAccountForWindowAsync",
  "ShowAddAccountForWindowAsync",
]);

/** What must work before one of them can begin: finding WAM, its provider and the pane, and putting a request together. */
const BEFORE: ReadonlySet<string> = new Set([
  "RoGetActivationFactory",
  "WindowsCreateString",
  "WebAuthenticationCoreManager",
  "FindAccountProviderWithAuthorityAsync",
  "FindAccountProviderAsync",
  "IWebAccountProvider2",
  "WebAccountProvider.Authority",
  "WebTokenRequest",
  "WebTokenRequest.CreateWithPromptType",
  "WebTokenRequest.Properties",
  "WebTokenRequest.AppProperties",
  "WebTokenRequest.CorrelationId",
  "IWebAuthenticationCoreManagerInterop",
  "RoInitialize",
  "CreateEvent",
  "CreateWindowEx",
  "AccountsSettingsPane",
  "GetForWindow",
  "add_AccountCommandsRequested",
]);

const ENDS = /\.(Error|Canceled|GetResults)$/;

/** Whether a call failed before anything can have been shown: then whatever its number, the browser may take over. */
export function failedBeforeShowing(step: string | undefined): boolean {
  if (step === undefined) return false;
  return SHOWING.has(step) || BEFORE.has(step.replace(ENDS, ""));
}
