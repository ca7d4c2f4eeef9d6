export * from "./credential.ts";
export type { AuthorityAnswer, AuthorityRequest } from "./authority/authority-client.ts";
export { CODE_NOT_USED, ELSE_AGAIN, EXPLAINED_AT, NOT_ASKED_YET } from "./refusals/on-the-page.ts";
export { serverError, errorOf, isRefusal, type ServerErrorContext } from "./refusals/server-error.ts";
export { canonicalAuthorityHost, cloudOf, type AuthorityCloud } from "./authority/authority-hosts.ts";
export { whatOf } from "./refusals/what-of.ts";
export { otherClouds } from "./authority/other-clouds.ts";
export { isRecreatedAccount } from "./flow/same-account.ts";
export type { AuthorityMetadata } from "./authority/authority-metadata.ts";
export { systemClock, type Clock } from "./clock.ts";
export { TokenEngine, type TokenEngineOptions } from "./engine/token-engine.ts";
export { EventSink } from "./events/event-sink.ts";
export type { TenantQuery } from "./msal/authority-connection.ts";
export { EntraClient } from "./msal/entra-client.ts";
export type { AuthorizationCodeGrant, DeviceCodeGrant } from "./msal/entra-grants.ts";
export { accountOfName, type NamedAccount } from "./flow/account-to-use.ts";
export { isSameName } from "./flow/same-name.ts";
export type { Logger } from "./events/logger.ts";
export type { RedirectUri } from "./loopback/redirect-uri.ts";
export { mergeClaims } from "./msal/merge-claims.ts";
export { pause, withinTime, type TimeLimit } from "./http/time-limit.ts";
export type { JsonObject } from "./null-prototype-json.ts";
export type { Check } from "./options/check-option.ts";
export { createFlowParts } from "./credential/create-flow-parts.ts";
export type {
  AccountsPurpose,
  Flow,
  InteractiveRequest,
  Prompt,
  SignOutManner,
  TokenAnswer,
  TokenRequest,
} from "./flow/flow.ts";
