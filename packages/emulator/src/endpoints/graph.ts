import { createHash } from "node:crypto";
import type { EmulatorAccount, EmulatorApplication } from "../directory/directory-types.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import type { Claims } from "../tokens/signing-keys.ts";
import type { EmulatorState } from "./emulator-state.ts";

/** Whom a token for Microsoft Graph speaks of, and what it may do. */
interface Caller {
  readonly account: EmulatorAccount;
  readonly tenantId: string;
  readonly scopes: readonly string[];
}

const AUDIENCES = [
  "https://graph.microsoft.com",
  "https://graph.microsoft.com/",
  "00000003-0000-0000-c000-000000000000",
];

/** `GET /v1.0/me` (Microsoft Graph, "Get a user"). */
export function meEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return forCaller(request, state, ["User.Read"], ({ account, tenantId }) =>
    json(200, {
      "@odata.context": `${request.origin}/v1.0/$metadata#users/$entity`,
      id: state.directory.objectId(account, tenantId) ?? account.objectId,
      displayName: account.displayName,
      mail: account.username,
      userPrincipalName: account.username,
    }),
  );
}

const READ = ["Application.Read.All", "Application.ReadWrite.All"];

/** `GET /v1.0/applications`, with `$filter=appId eq '...'` (Microsoft Graph, "List applications"). */
export function applicationsEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return forCaller(request, state, READ, ({ tenantId }) => {
    const filter = request.query.get("$filter");
    const wanted = /^appId eq '([^']*)'$/.exec(filter ?? "")?.[1]?.toLowerCase();
    if (filter !== null && wanted === undefined)
      return failure(400, "Request_UnsupportedQuery", "Only the filter appId eq '...' is supported here.");
    const value = state.directory
      .registeredIn(tenantId)
      .filter(({ clientId }) => wanted === undefined || clientId.toLowerCase() === wanted)
      .map(shown);
    return json(200, { "@odata.context": `${request.origin}/v1.0/$metadata#applications`, value });
  });
}

/** `GET` and `PATCH /v1.0/applications/{id}` (Microsoft Graph, "Update application"). */
export function applicationEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const needed = request.method === "PATCH" ? ["Application.ReadWrite.All"] : READ;
  return forCaller(request, state, needed, ({ tenantId }) => {
    const { id = "" } = request.params;
    const application = state.directory
      .registeredIn(tenantId)
      .find((it) => objectIdOf(it) === id.toLowerCase());
    if (!application) return failure(404, "Request_ResourceNotFound", `Resource '${id}' does not exist.`);
    if (request.method !== "PATCH") return json(200, shown(application));
    const change = changeIn(request.body);
    if (!change) return failure(400, "Request_BadRequest", "The body is not a change to an application.");
    state.directory.register({ ...application, ...change });
    return { status: 204, headers: {}, body: "" };
  });
}

/** Graph's names for what an app registration is here. */
function shown(application: EmulatorApplication): object {
  const { clientId, name, audience = "anyOrganizationAndPersonal" } = application;
  return {
    id: objectIdOf(application),
    appId: clientId,
    displayName: name,
    signInAudience: AUDIENCE_WORDS[audience],
    isFallbackPublicClient: application.allowPublicClientFlows ?? true,
    publicClient: { redirectUris: application.redirectUris ?? [] },
    web: { redirectUris: application.webRedirectUris ?? [] },
    spa: { redirectUris: [] },
  };
}

const AUDIENCE_WORDS: Readonly<Record<NonNullable<EmulatorApplication["audience"]>, string>> = {
  singleTenant: "AzureADMyOrg",
  anyOrganization: "AzureADMultipleOrgs",
  anyOrganizationAndPersonal: "AzureADandPersonalMicrosoftAccount",
  personal: "PersonalMicrosoftAccount",
};

/** Undefined where the body is no object, or changes what cannot be changed here. */
function changeIn(body: string): Partial<EmulatorApplication> | undefined {
  const read = objectIn(body);
  if (!read) return undefined;
  const change: { -readonly [Key in keyof EmulatorApplication]?: EmulatorApplication[Key] } = {};
  for (const [name, value] of Object.entries(read)) {
    const uris = urisIn(value);
    if (name === "displayName" && typeof value === "string") change.name = value;
    // Null is the portal's "No".
    else if (name === "isFallbackPublicClient" && (typeof value === "boolean" || value === null))
      change.allowPublicClientFlows = value === true;
    else if (name === "publicClient" && uris) change.redirectUris = uris;
    else if (name === "web" && uris) change.webRedirectUris = uris;
    else return undefined;
  }
  return change;
}

function urisIn(value: unknown): string[] | undefined {
  const uris: unknown = typeof value === "object" && value !== null ? Object(value).redirectUris : undefined;
  return Array.isArray(uris) && uris.every((it) => typeof it === "string") ? (uris as string[]) : undefined;
}

function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // No JSON: refused by the caller.
    return undefined;
  }
}

/** The object id of a registration, which is not its client id: the same in every run. */
function objectIdOf({ clientId }: EmulatorApplication): string {
  const hash = createHash("sha256").update(`application ${clientId}`).digest("hex");
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join("-");
}

function forCaller(
  request: EmulatorRequest,
  state: EmulatorState,
  needed: readonly string[],
  work: (caller: Caller) => Reply,
): Reply {
  const token = /^bearer ([^ ]+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
  const claims = token === undefined ? undefined : state.keys.verify(token);
  const account = claims && accountOf(claims, state);
  if (!claims || !account)
    return failure(401, "InvalidAuthenticationToken", "The access token is missing, invalid or expired.");
  const scopes = String(claims["scp"]).split(" ");
  if (!needed.some((scope) => scopes.includes(scope)))
    return failure(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  return work({ account, tenantId: String(claims["tid"]), scopes });
}

function accountOf(claims: Claims, { clock, directory }: EmulatorState): EmulatorAccount | undefined {
  const now = clock.now() / 1000;
  const holds =
    AUDIENCES.includes(String(claims["aud"])) && Number(claims["nbf"]) <= now && Number(claims["exp"]) > now;
  return holds ? directory.account(String(claims["unique_name"] ?? claims["preferred_username"])) : undefined;
}

function failure(status: number, code: string, message: string): Reply {
  return json(status, { error: { code, message } });
}
