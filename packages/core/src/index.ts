export { AbortError } from "./errors/abort-error.ts";
export {
  AuthenticationError,
  AuthenticationRequiredError,
  CredentialUnavailableError,
  isAuthenticationError,
} from "./errors/authentication-error.ts";
export type {
  AuthenticationErrorCode,
  AuthenticationErrorInit,
  AuthenticationRequiredErrorInit,
} from "./errors/authentication-error.ts";
export { AzureAuthorityHosts } from "./authority/authority-hosts.ts";
export type { AuthenticationRecord } from "./authentication-record.ts";
export {
  deserializeAuthenticationRecord,
  serializeAuthenticationRecord,
} from "./serialize-authentication-record.ts";
export {
  InteractiveBrowserCredential,
  type InteractiveBrowserCredentialOptions,
} from "./browser/interactive-browser-credential.ts";
export type { AnswerBy } from "./browser/answer-by.ts";
export type { BrowserOptions } from "./browser/browser-options.ts";
export { browserAvailability, type BrowserAvailability } from "./browser/browser-availability.ts";
export type { Obstacle } from "./surroundings/obstacle.ts";
export type { Inlet, NoDesktop, Outlet, Surroundings } from "./surroundings/surroundings.ts";
export type { AuthenticateOptions, InteractiveCredential } from "./interactive-credential.ts";
export {
  getBearerTokenProvider,
  type GetBearerTokenProviderOptions,
} from "./credential/bearer-token-provider.ts";
export { claimsOfChallenge } from "./tokens/claims-challenge.ts";
export type {
  AuthenticationEvent,
  BrowserUnavailableEvent,
  DoneEvent,
  EventOf,
  FailedEvent,
  FallbackEvent,
  PromptEvent,
  RefreshEvent,
  RefreshFailedEvent,
  SilentHitEvent,
  WaitingEvent,
  WarningEvent,
} from "./events/events.ts";
export type { EventHandler } from "./events/event-sink.ts";
export { terminalPrompt, type TerminalPromptOptions } from "./terminal/terminal-prompt.ts";
export type { EndPage, EndPages, SignInOutcome } from "./pages/end-pages.ts";
export type { Prompt } from "./flow/flow.ts";
export type { CredentialOptions, InteractiveOptions } from "./options/credential-options.ts";
export { blobTokenCache } from "./cache/blob/blob-token-cache.ts";
export type { TokenCacheBlob } from "./cache/blob/token-cache-blob.ts";
export type { TokenCacheEntry, TokenCacheStore, TokenCacheWarning } from "./cache/token-cache-store.ts";
export { memoryTokenCache } from "./cache/memory-token-cache.ts";
export type {
  AbortSignalLike,
  AccessToken,
  AnyAccessToken,
  GetTokenOptions,
  TokenCredential,
} from "./token-credential.ts";
