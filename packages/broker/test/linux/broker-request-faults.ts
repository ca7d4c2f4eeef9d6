import { isDeepStrictEqual } from "node:util";

export interface BrokerRequest {
  readonly clientId?: string;
  readonly redirectUri?: string;
  readonly account?: object;
  readonly authParameters?: {
    readonly clientId?: string;
    readonly authority?: string;
    readonly requestedScopes?: readonly string[];
    readonly decodedClaims?: string;
    readonly prompt?: string;
    readonly username?: string;
    readonly account?: object;
    readonly accessTokenToRenew?: string;
  };
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const NATIVE_CLIENT = "https://login.microsoftonline.com/common/oauth2/nativeclient";
const AUTHORITY =
  /^https:\/\/login\.(microsoftonline\.com|windows\.net|microsoftonline\.us|partner\.microsoftonline\.cn|chinacloudapi\.cn)\/[\w.-]+\/?$/;
const PROTOCOL_SCOPES = ["openid", "profile", "offline_access", "email"];
const PROMPTS = ["select_account", "login", "consent", "none"];

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === "string" && value !== "";
const isGuid: Check = (value) => typeof value === "string" && GUID.test(value);
const isObject: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const REQUIRED: Readonly<Record<string, Check>> = {
  authority: (value) => typeof value === "string" && AUTHORITY.test(value),
  authorizationType: (value) => typeof value === "number",
  clientId: isGuid,
  redirectUri: (value) => value === NATIVE_CLIENT,
  requestedScopes: (value) =>
    Array.isArray(value) &&
    value.every((scope) => typeof scope === "string" && /^[^\s"]+$/.test(scope)) &&
    value.some((scope) => !PROTOCOL_SCOPES.includes(scope as string)),
};
const OPTIONAL: Readonly<Record<string, Check>> = {
  account: isObject,
  username: isText,
  decodedClaims: (value) => value === "" || isJsonObject(value),
  accessTokenToRenew: (value) => typeof value === "string",
  additionalQueryParametersForAuthorization: isObject,
  prompt: (value) => PROMPTS.includes(value as string),
  uxContextHandle: (value) => Number.isInteger(value),
};

/** What a strict broker finds wrong with a request. */
export function faultOfRequest(
  member: string,
  call: { readonly protocolVersion: string; readonly correlationId: string; readonly json: string },
): string | undefined {
  if (call.protocolVersion !== "0.0") return `protocol version ${call.protocolVersion}`;
  if (!GUID.test(call.correlationId)) return "correlation id";
  let request: unknown;
  try {
    request = JSON.parse(call.json);
  } catch {
    return "Invalid requestJson";
  }
  if (!isObject(request)) return "Invalid requestJson";
  return faultOfFields(member, request as Readonly<Record<string, unknown>>);
}

export function isUnlike(described: unknown, account: unknown): boolean {
  return !isDeepStrictEqual(described, account);
}

function faultOfFields(member: string, request: Readonly<Record<string, unknown>>): string | undefined {
  switch (member) {
    case "getAccounts":
      return faultOf(request, { clientId: isGuid, redirectUri: (value) => value === NATIVE_CLIENT });
    case "removeAccount":
      return faultOf(request, { clientId: isGuid, account: isObject });
    case "cancelInteractiveFlow":
      return faultOf(request, { clientId: isGuid, correlationId: isGuid });
    case "getLinuxBrokerVersion":
      return faultOf(request, {}, { msalCppVersion: isText, clientId: isGuid });
    default: {
      const { account, authParameters, ...rest } = request;
      if (Object.keys(rest).length > 0) return `unknown field ${Object.keys(rest).join()}`;
      if (!isObject(authParameters)) return "authParameters";
      const parameters = authParameters as Readonly<Record<string, unknown>>;
      if (!isDeepStrictEqual(account, parameters["account"])) return "account is not the same in both places";
      if (member === "acquireTokenSilently" && account === undefined) return "account";
      const type = member === "acquireTokenSilently" ? 1 : 6;
      if (parameters["authorizationType"] !== type) return "authorizationType";
      return faultOf(parameters, REQUIRED, OPTIONAL);
    }
  }
}

function faultOf(
  fields: Readonly<Record<string, unknown>>,
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): string | undefined {
  for (const [name, isGood] of Object.entries(required)) if (!isGood(fields[name])) return `field ${name}`;
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(required, name)) continue;
    if (!Object.hasOwn(optional, name)) return `unknown field ${name}`;
    if (!optional[name]?.(value)) return `field ${name}`;
  }
  return undefined;
}

function isJsonObject(value: unknown): boolean {
  try {
    return isObject(JSON.parse(String(value)));
  } catch {
    return false;
  }
}
