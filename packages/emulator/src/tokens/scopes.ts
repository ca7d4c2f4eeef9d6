import type { Directory } from "../directory/directory.ts";
import type { EmulatorResource } from "../directory/directory-types.ts";
import { aadsts } from "../refusals/entra-error.ts";

/** What a `scope` parameter asks for. */
export interface ScopeRequest {
  readonly resource: EmulatorResource;
  /** The audience of a version 1 token: the resource as the client wrote it, closing slash and all. */
  readonly audience: string;
  /** The permissions of the resource: the `scp` claim. */
  readonly permissions: readonly string[];
  /** The `scope` of the answer. */
  readonly granted: string;
  readonly openid: boolean;
  readonly email: boolean;
  readonly offlineAccess: boolean;
}

const OIDC = ["openid", "profile", "email", "offline_access"];
const GRAPH = "https://graph.microsoft.com";

/**
 * Reads a space-separated list: OpenID Connect words, and permissions of one resource, as in
 * `https://management.azure.com/.default` (Microsoft Entra: "Scopes and permissions in the Microsoft identity platform").
 * @throws EntraError AADSTS70011, AADSTS28000, AADSTS500011, AADSTS650053
 */
export function parseScopes(scope: string, directory: Directory, tenant: string): ScopeRequest {
  const words = scope.split(" ").filter(Boolean);
  const oidc = words.filter((word) => OIDC.includes(word));
  const rest = words.filter((word) => !OIDC.includes(word)).map(splitScope);
  if (words.length === 0 || rest.some((it) => !it)) throw aadsts(70011, { scope });
  const asked = rest.filter((it) => it !== undefined);
  const audience = asked[0]?.audience ?? GRAPH;
  if (asked.some((it) => it.audience !== audience)) throw aadsts(28000, { scope });
  const resource = directory.resource(audience);
  if (!resource) throw aadsts(500011, { resource: audience, tenant });
  const names = asked.map(({ permission }) => permission);
  const isDefault = names.includes(".default");
  if (isDefault && names.length > 1) throw aadsts(70011, { scope });
  const unknown = names.find((name) => name !== ".default" && !resource.scopes.includes(name));
  if (unknown !== undefined) throw aadsts(650053, { scope: unknown, resource: audience });
  const permissions = isDefault || names.length === 0 ? resource.scopes.slice(0, 1) : names;
  const isGraph = resource.uri === GRAPH;
  return {
    resource,
    audience,
    permissions: isGraph
      ? [...oidc.filter((word) => word !== "offline_access"), ...permissions]
      : permissions,
    granted: [
      ...(isGraph ? oidc.filter((word) => word !== "offline_access") : []),
      ...new Set([...permissions, ...names].map((name) => `${audience}/${name}`)),
    ].join(" "),
    openid: oidc.includes("openid"),
    email: oidc.includes("email"),
    offlineAccess: oidc.includes("offline_access"),
  };
}

/** `https://vault.azure.net//.default` → the resource `https://vault.azure.net/`: the last slash separates. */
function splitScope(word: string): { audience: string; permission: string } | undefined {
  const slash = word.lastIndexOf("/");
  const audience = slash < 0 ? GRAPH : word.slice(0, slash);
  const permission = word.slice(slash + 1);
  const valid =
    /^[\w.-]+$/.test(permission) && (/^[a-z][\w+.-]*:\/\/[^\s"<>\\]+$/i.test(audience) || isGuid(audience));
  return valid ? { audience, permission } : undefined;
}

function isGuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
