export { AbortError, throwIfAborted } from "./errors/abort-error.ts";
export {
  AuthenticationError,
  ERROR_DOCS,
  AuthenticationRequiredError,
  CredentialUnavailableError,
  isAuthenticationError,
  isAuthenticationRequired,
} from "./errors/authentication-error.ts";
export { invalidOption } from "./errors/invalid-option.ts";
export type { KnownNames } from "./errors/known-names.ts";
export { printable } from "./errors/printable.ts";
export type { Engine } from "./engine/engine.ts";
export { stayAlive } from "./engine/stay-alive.ts";
export { createEngine } from "./credential/create-engine.ts";
export type { CreateEngineOptions } from "./credential/create-engine-options.ts";
export type { CreateFlowPartsOptions } from "./credential/create-flow-parts-options.ts";
export type { FlowParts } from "./credential/create-flow-parts.ts";
export type { EntraFlowWays } from "./msal/entra-flow.ts";
export { FlowCredential } from "./credential/flow-credential.ts";
export { LoadOnce } from "./load-once.ts";
export { check } from "./options/check-option.ts";
export type { SharedOptions } from "./options/shared-option-names.ts";
export { OPTION_DEFAULTS, type OptionDefaults } from "./options/option-defaults.ts";
export { resolveSettings, type CredentialSettings, type OwnNames } from "./options/resolve-settings.ts";
export type { SharedSignIns } from "./flow/shared-sign-ins.ts";
export { showsPrompts, terminalAfterwards } from "./terminal/shown-prompts.ts";
