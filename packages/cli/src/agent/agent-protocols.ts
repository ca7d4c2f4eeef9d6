import { AgentRefusal, resourceOf, type AgentToken, type TokenRequest } from "./token-request.ts";

/** What of an HTTP request the protocols look at. Header names are lower case. */
export interface AgentHttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** One way in which programs ask their surroundings for a token. */
export interface AgentProtocol {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  /** The key that the request shows. */
  keyOf(request: AgentHttpRequest): string | undefined;
  /** @throws AgentRefusal for what is none of this protocol */
  read(request: AgentHttpRequest): TokenRequest;
  answer(token: AgentToken, asked: TokenRequest, clientId: string): object;
  refuse(status: number, code: string, message: string): { readonly status: number; readonly body: object };
}

/** Where App Service serves managed identities. */
export const IDENTITY_PATH = "/msi/token";
/** Where azd looks for the sign-in of the program that started it. */
export const AZD_PATH = "/azd/token";

const IDENTITY_NAMES = ["client_id", "clientid", "object_id", "principal_id", "mi_res_id", "msi_res_id"];

/**
 * The identity endpoint of App Service ("How to use managed identities for App Service"), version 2019-08-01, and
 * 2017-09-01, which the Azure CLI speaks.
 */
const identityEndpoint: AgentProtocol = {
  name: "identity endpoint",
  method: "GET",
  path: IDENTITY_PATH,
  keyOf: ({ headers }) => headers["x-identity-header"] ?? headers["secret"],
  read({ url: { searchParams: query } }) {
    const version = query.get("api-version");
    if (version !== "2019-08-01" && version !== "2017-09-01")
      throw new AgentRefusal(400, "Only the versions 2019-08-01 and 2017-09-01 are served here");
    const resource = query.get("resource") ?? "";
    if (resource === "") throw new AgentRefusal(400, "The request names no resource");
    const named = IDENTITY_NAMES.find((name) => query.has(name));
    return {
      resource,
      scopes: [`${resource.replace(/\/$/, "")}/.default`],
      identity: named === undefined ? undefined : (query.get(named) ?? undefined),
      claims: query.get("claims") ?? undefined,
    };
  },
  answer: ({ token, expiresOnTimestamp }, { resource }, clientId) => ({
    access_token: token,
    expires_on: String(Math.floor(expiresOnTimestamp / 1000)),
    resource,
    token_type: "Bearer",
    client_id: clientId,
  }),
  refuse: (status, code, message) => ({ status, body: { statusCode: status, error: code, message } }),
};

/** The Azure Developer CLI's "External Authentication". It reads success and failure in the body. */
const azd: AgentProtocol = {
  name: "azd",
  method: "POST",
  path: AZD_PATH,
  keyOf: ({ headers }) => /^Bearer (.+)$/.exec(headers["authorization"] ?? "")?.[1],
  read({ body }) {
    const { scopes, tenantId, claims } = objectIn(body);
    const asked = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === "string") : [];
    const [first] = asked;
    if (first === undefined) throw new AgentRefusal(400, "The request names no scopes");
    const resources = new Set(asked.map(resourceOf));
    if (resources.size > 1) throw new AgentRefusal(400, "The scopes are of several resources");
    return { scopes: asked, resource: resourceOf(first), tenantId: text(tenantId), claims: text(claims) };
  },
  answer: ({ token, expiresOnTimestamp }) => ({
    status: "success",
    token,
    expiresOn: new Date(expiresOnTimestamp).toISOString(),
  }),
  refuse: (status, code, message) => ({
    status: status === 400 || status === 503 ? 200 : status,
    body: {
      status: "error",
      code: code === "authentication_required" ? "NotSignedInError" : "GetTokenError",
      message,
    },
  }),
};

export const PROTOCOLS: readonly AgentProtocol[] = [identityEndpoint, azd];

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function objectIn(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new AgentRefusal(400, "The body is not a JSON object");
}
