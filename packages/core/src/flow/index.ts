export type { AuthorityAnswer, AuthorityRequest } from "../network/authority-client.ts";
export { serverError, errorOf, type ServerErrorContext } from "../network/server-error.ts";
export { canonicalAuthorityHost, cloudOf, type AuthorityCloud } from "../authority/authority-hosts.ts";
export type { AuthorityMetadata } from "../authority/authority-metadata.ts";
export { systemClock, type Clock } from "../clock.ts";
export type { Engine } from "../engine/engine.ts";
export { stayAlive } from "../engine/stay-alive.ts";
export { TokenEngine, type TokenEngineOptions } from "../engine/token-engine.ts";
export { AbortError, throwIfAborted } from "../errors/abort-error.ts";
export {
  AuthenticationError,
  AuthenticationRequiredError,
  CredentialUnavailableError,
  isAuthenticationError,
  isAuthenticationRequired,
} from "../errors/authentication-error.ts";
export { invalidOption } from "../errors/invalid-option.ts";
export { printable } from "../errors/printable.ts";
export { EventSink } from "../event-sink.ts";
export { EntraClient, type AuthorizationCodeGrant, type DeviceCodeGrant } from "../msal/entra-client.ts";
export type { Logger } from "../logger.ts";
export { parseRedirectUri, type RedirectUri } from "../loopback/redirect-uri.ts";
export { mergeClaims } from "../msal/merge-claims.ts";
export { pause, withinTime, type TimeLimit } from "../network/time-limit.ts";
export type { JsonObject } from "../network/null-prototype-json.ts";
export { check, type Check } from "../options/check-option.ts";
export { resolveSettings, type CredentialSettings } from "../options/resolve-settings.ts";
export { createEngine, type CreateEngineOptions } from "./create-engine.ts";
export { createFlowParts, type CreateFlowPartsOptions, type FlowParts } from "./create-flow-parts.ts";
export { EntraFlow, type EntraFlowOptions } from "./entra-flow.ts";
export { FlowCredential } from "./flow-credential.ts";
export type { Flow, InteractiveRequest, Prompt, TokenAnswer, TokenRequest } from "./flow.ts";
