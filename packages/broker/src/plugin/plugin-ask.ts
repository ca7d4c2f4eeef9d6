import { AuthenticationError, check, cloudOf } from "@entrada/core/flow";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import type { NativeRequest } from "./native-broker-plugin.ts";

export interface PluginAskContext {
  readonly clientCapabilities: readonly string[];
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

/**
 * Reads msal-node's request.
 * @throws AuthenticationError `unsupported` for proof of possession, which must not turn into a bearer token.
 * @throws CredentialUnavailableError for authorities that WAM does not serve.
 */
export function pluginAsk(request: NativeRequest, context: PluginAskContext): TokenAsk {
  const { clientId, correlationId, scopes, authenticationScheme, forceRefresh } = request;
  if (authenticationScheme !== undefined && authenticationScheme.toLowerCase() !== "bearer") {
    throw new AuthenticationError({
      code: "unsupported",
      detail: "proof_of_possession",
      what: `A token of the scheme "${authenticationScheme}" was asked for, and this broker can only get bearer tokens`,
      remedy: "Leave authenticationScheme out",
      correlationId,
    });
  }
  return {
    clientId,
    ...authorityOf(request.authority),
    scopes,
    claims: withCapabilities(request.claims, context.clientCapabilities),
    correlationId,
    signal: context.signal,
    properties: propertiesOf(request, context.warn),
    renew: forceRefresh === true,
  };
}

/** An authority URL's host and tenant. */
export function authorityOf(authority: string): Pick<TokenAsk, "authorityHost" | "tenantId"> {
  const url = URL.canParse(authority) ? new URL(authority) : undefined;
  const [tenantId, ...rest] = (url?.pathname ?? "").split("/").filter(Boolean);
  const known = url?.protocol === "https:" && cloudOf(url.origin) !== undefined;
  // A second path segment is a B2C policy.
  const served = tenantId !== undefined && tenantId.toLowerCase() !== "adfs" && rest.length === 0;
  if (!known || !served) throw brokerUnavailable({ detail: "authority_unsupported" });
  return { authorityHost: url.origin, tenantId };
}

// msal-node itself does not do it on the way to a broker.
function withCapabilities(claims: string | undefined, capabilities: readonly string[]): string | undefined {
  if (capabilities.length === 0) return claims || undefined;
  const challenge = claims ? parsedClaims(claims) : {};
  const accessToken = { ...challenge.access_token, xms_cc: { values: capabilities } };
  return JSON.stringify({ ...challenge, access_token: accessToken });
}

function parsedClaims(claims: string): { readonly access_token?: object } {
  try {
    const value: unknown = JSON.parse(claims);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The parser's message quotes the text; ours names the field.
  }
  throw check.wrong("claims", "the JSON text of a claims challenge, already decoded from base64");
}

// WAM has its own way for these, or they belong to a request in the browser.
const DROPPED: ReadonlySet<string> = new Set([
  "client_id",
  "client_info",
  "code_challenge",
  "dc",
  "domain_hint",
  "mkt",
  "nonce",
  "prompt",
  "redirect_uri",
  "req_cnf",
  "response_type",
  "scope",
  "username",
]);
const FOR_MICROSOFTS_RUNTIME: ReadonlySet<string> = new Set([
  "msal_accounts_control",
  "msal_gui_thread",
  "msal_request_type",
  "nux",
]);

function propertiesOf(
  { extraParameters = {}, resource }: NativeRequest,
  warn: (message: string) => void,
): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(extraParameters)) {
    if (DROPPED.has(name)) warn(`The parameter "${name}" has no meaning for the broker and is left out.`);
    else if (name === "instance_aware")
      Object.assign(properties, value === "true" ? { discover: "home" } : {});
    else if (!FOR_MICROSOFTS_RUNTIME.has(name) && typeof value === "string") properties[name] = value;
  }
  return resource === undefined ? properties : { ...properties, resource };
}

/** Whether an application of Microsoft's own asks for the passthrough of personal accounts. */
export function asksForPassthrough({ extraParameters }: NativeRequest): boolean {
  return extraParameters?.["msal_request_type"] === "consumer_passthrough";
}
