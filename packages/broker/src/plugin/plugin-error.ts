import {
  isAuthenticationError,
  type AuthenticationError,
  type AuthenticationRequiredError,
} from "@entrada/core/credential";
import { REFUSAL_WORDS } from "../refusals/refusal-words.ts";
import { windowsReasonOf } from "../refusals/wam-result-error.ts";

/** The classes of an application's own msal-node: `import * as msal from "@azure/msal-node"`. */
export type MsalErrorClasses = Record<
  "InteractionRequiredAuthError" | "ClientAuthError" | "ClientConfigurationError" | "ServerError",
  { readonly prototype: Error }
>;

/** An error in the form of msal-node's `AuthError`. */
export interface PluginError extends Error {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly subError: string;
  readonly correlationId: string;
  /** Only of an `InteractionRequiredAuthError`. */
  readonly claims?: string;
  /** What Windows said: as Microsoft's own plugin reports it. */
  readonly platformBrokerError: {
    readonly name: "PlatformBrokerError";
    readonly errorCode: string;
    readonly statusCode: number;
    readonly tag: string;
    readonly message: string;
  };
}

type MsalErrorName = keyof MsalErrorClasses;

/** How a plugin's errors are written: for msal-node, or for `@azure/identity`. */
export type WritePluginError = (error: AuthenticationError, correlationId: string) => Error;

/** Errors as applications of msal-node expect them; with its classes, `instanceof` works, too. */
export function msalErrors(classes?: MsalErrorClasses): WritePluginError {
  return (error, correlationId) => {
    const { name, errorCode } = msalFormOf(error);
    const written = pluginError(error, name, errorCode, correlationId);
    return classes ? (Object.setPrototypeOf(written, classes[name].prototype) as Error) : written;
  };
}

/**
 * Errors as `@azure/identity` reads them. It prompts after any error but a few, known by name: so that a broken network
 * or a person's no does not lead to a prompt, only "a person must act" keeps its msal name.
 */
export function identityErrors(): WritePluginError {
  return (error, correlationId) => {
    const { name, errorCode } = msalFormOf(error);
    const mayPrompt = name === "InteractionRequiredAuthError";
    return pluginError(error, mayPrompt ? name : "NativeAuthError", errorCode, correlationId);
  };
}

/** Writes typed errors in the plugin's form; aborts, wrong arguments and the unexpected stay what they are. */
export function writtenBy(write: WritePluginError, error: unknown, correlationId: string): unknown {
  return isAuthenticationError(error) ? write(error, correlationId) : error;
}

interface MsalForm {
  readonly name: MsalErrorName;
  readonly errorCode: string;
  /** The name of the runtime's own status that Microsoft's plugin would report. */
  readonly status: string;
}

const form = (name: MsalErrorName, errorCode: string, status: string): MsalForm => ({
  name,
  errorCode,
  status,
});

const INTERACTION = form("InteractionRequiredAuthError", "interaction_required", "InteractionRequired");
const UNEXPECTED = form("ClientAuthError", "platform_broker_error", "Unexpected");
const CONFIGURATION = form("ClientAuthError", "platform_broker_error", "IncorrectConfiguration");

function msalFormOf({ code, detail }: AuthenticationError): MsalForm {
  switch (code) {
    case "authentication_required":
      return INTERACTION;
    case "user_cancelled":
      return form("ClientAuthError", "user_canceled", "UserCanceled");
    case "network":
      return detail === REFUSAL_WORDS.no_network.detail
        ? form("ClientAuthError", "no_network_connectivity", "NoNetwork")
        : form("ServerError", "server_unavailable", "ServerTemporarilyUnavailable");
    case "unsupported":
      return form("ClientConfigurationError", "unsupported_authentication_scheme", "ApiContractViolation");
    case "service":
      if (detail === "no_account_found") return form("ClientAuthError", detail, "AccountNotFound");
      return detail?.startsWith("invalid_") || detail === "unauthorized_client" ? CONFIGURATION : UNEXPECTED;
    default:
      return UNEXPECTED;
  }
}

function pluginError(
  error: AuthenticationError,
  name: string,
  errorCode: string,
  correlationId: string,
): PluginError {
  const { message, detail = error.code } = error;
  const reason = windowsReasonOf(error);
  const { claims } = error as AuthenticationRequiredError;
  return Object.assign(new Error(`${errorCode}: ${message}`, { cause: error }), {
    name,
    errorCode,
    errorMessage: message,
    subError: detail,
    correlationId,
    ...(claims === undefined ? {} : { claims }),
    platformBrokerError: {
      name: "PlatformBrokerError" as const,
      errorCode: msalFormOf(error).status,
      statusCode: reason?.hresult ?? reason?.status ?? 0,
      tag: reason?.step ?? detail,
      message,
    },
  });
}
