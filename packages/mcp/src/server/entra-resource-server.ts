import type { ServerResponse } from "node:http";
import { check, invalidOption, type KnownNames } from "@entrada/core/credential";
import { OAuthError, ServerError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";
import { areOfOneResource, readFullScope } from "../full-scope.ts";
import { checkServerUrl } from "../client/server-url.ts";
import { checkVerifierOptions, VERIFIER_OPTIONS } from "./check-verifier-options.ts";
import { entraTokenVerifier } from "./entra-token-verifier.ts";
import type {
  EntraResourceServer,
  EntraResourceServerOptions,
  ResourceMetadataDocument,
} from "./resource-server-contract.ts";

const OPTIONS: KnownNames<EntraResourceServerOptions> = {
  ...VERIFIER_OPTIONS,
  resource: true,
  scopes: true,
  authenticationContexts: true,
  resourceName: true,
};

/**
 * The server half of signing in to an MCP server with Entra ID: says which tokens the server takes (RFC 9728), and checks
 * the ones that come. A token without the scopes is answered with 403, one without an authentication context with a
 * claims challenge, which `withEntra` and other clients of Entra follow.
 *
 * @throws TypeError with a `code`, naming the wrong option.
 *
 * @example
 * ```ts
 * import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
 * import { entraResourceServer } from "@entrada/mcp/server";
 *
 * const entra = entraResourceServer({
 *   resource: "https://tools.contoso.com/mcp",
 *   tenantId: "aaaabbbb-0000-cccc-1111-dddd2222eeee",
 *   audience: ["00001111-aaaa-2222-bbbb-3333cccc4444", "api://00001111-aaaa-2222-bbbb-3333cccc4444"],
 *   scopes: "api://00001111-aaaa-2222-bbbb-3333cccc4444/Tools.Use",
 * });
 * const app = createMcpExpressApp({ host: "tools.contoso.com" });
 * app.use(entra.serveMetadata);
 * app.use("/mcp", entra.requireToken);
 * ```
 */
export function entraResourceServer(options: EntraResourceServerOptions): EntraResourceServer {
  check.names("options", options, OPTIONS);
  const resource = checkServerUrl(options.resource, "resource");
  const scopes = [options.scopes].flat();
  // A short one would be asked of Microsoft Graph.
  const full = scopes.map(readFullScope).filter((scope) => scope !== undefined);
  if (full.length === 0 || full.length !== scopes.length || !areOfOneResource(scopes))
    throw invalidOption(
      "scopes",
      'the scopes that a client needs, each in full and all of one API, such as "api://<application id>/Tools.Use"',
      options.scopes,
    );
  const { authenticationContexts: contexts = [] } = options;
  if (!Array.isArray(contexts))
    throw invalidOption("authenticationContexts", 'an array of "c1" to "c99"', contexts);
  const wrong: unknown = contexts.find((context) => !/^c[1-9]\d?$/.test(context));
  if (wrong !== undefined) throw invalidOption("authenticationContexts", 'an array of "c1" to "c99"', wrong);
  check.text("resourceName", options.resourceName);

  const { authorityHost, tenants } = checkVerifierOptions(options);
  const {
    resource: _r,
    scopes: _s,
    authenticationContexts: _a,
    resourceName: _n,
    ...verifierOptions
  } = options;
  const metadata: ResourceMetadataDocument = {
    resource: withoutSlash(resource.href),
    authorization_servers: tenants.map((tenant) => `${authorityHost}/${tenant}/v2.0`),
    scopes_supported: scopes,
    bearer_methods_supported: ["header"],
    ...(options.resourceName === undefined ? {} : { resource_name: options.resourceName }),
  };
  const path = withoutSlash(resource.pathname);
  const metadataUrl = new URL(`/.well-known/oauth-protected-resource${path}`, resource);
  const verifier = entraTokenVerifier(verifierOptions);

  return {
    verifier,
    metadata,
    metadataUrl,
    serveMetadata(request, response, next) {
      const [asked = ""] = request.url?.split("?") ?? [];
      const { method = "" } = request;
      if (withoutSlash(asked) !== metadataUrl.pathname || !["GET", "HEAD", "OPTIONS"].includes(method)) {
        return next ? next() : refuse(response, 404, undefined, "not_found", "Nothing is here");
      }
      // Pages of other origins may read it, clients in a browser with a header of MCP's: it says nothing about anybody.
      response.setHeader("access-control-allow-origin", "*");
      if (method === "OPTIONS") {
        response.writeHead(204, {
          "access-control-allow-methods": "GET",
          "access-control-allow-headers": "*",
        });
        response.end();
        return undefined;
      }
      response.writeHead(200, { "content-type": "application/json", "cache-control": "max-age=3600" });
      response.end(method === "HEAD" ? undefined : JSON.stringify(metadata));
    },
    async requireToken(request, response, next) {
      const challenge = (parameters: Readonly<Record<string, string>>): string =>
        `Bearer ${Object.entries({ ...parameters, resource_metadata: metadataUrl.href })
          .map(([name, value]) => `${name}="${value}"`)
          .join(", ")}`;
      const token = bearerOf(request.headers.authorization);
      if (token === undefined) {
        return refuse(
          response,
          401,
          challenge({ scope: scopes.join(" ") }),
          "invalid_token",
          "A token is needed",
        );
      }
      let auth: AuthInfo;
      try {
        auth = await verifier.verifyAccessToken(token);
      } catch (error) {
        const { errorCode, message } =
          error instanceof OAuthError ? error : new ServerError("The check failed");
        const status = errorCode === "invalid_token" ? 401 : 503;
        const header =
          status === 401 ? challenge({ error: errorCode, error_description: message }) : undefined;
        return refuse(response, status, header, errorCode, message);
      }
      if (!full.every(({ name }) => name === ".default" || auth.scopes.includes(name))) {
        const header = challenge({ error: "insufficient_scope", scope: scopes.join(" ") });
        return refuse(response, 403, header, "insufficient_scope", "The token lacks a scope");
      }
      if (!contexts.every((context) => contextsOf(auth).includes(context))) {
        const header = challenge({ error: "insufficient_claims", claims: claimsFor(contexts) });
        return refuse(response, 401, header, "insufficient_claims", "The person must do more to sign in");
      }
      request.auth = auth;
      next();
    },
  };
}

// Clients have the URL of a server with it or without it.
function withoutSlash(path: string): string {
  return path.replace(/\/$/, "");
}

function bearerOf(header: string | undefined): string | undefined {
  return /^bearer ([\w.~+/=-]+)$/i.exec(header ?? "")?.[1];
}

function contextsOf({ extra }: AuthInfo): readonly unknown[] {
  const acrs = (extra?.["claims"] as { readonly acrs?: unknown } | undefined)?.acrs;
  return Array.isArray(acrs) ? acrs : [acrs];
}

/**
 * Asks for all at once: a token for one of them need not have the others. Microsoft identity platform, "Developer guide
 * to Conditional Access authentication context"; OpenID Connect Core 1.0, section 5.5.1.
 */
function claimsFor(contexts: readonly string[]): string {
  const wanted = contexts.length === 1 ? { value: contexts[0] } : { values: contexts };
  const request = { access_token: { acrs: { essential: true, ...wanted } } };
  return Buffer.from(JSON.stringify(request)).toString("base64");
}

function refuse(
  response: ServerResponse,
  status: number,
  challenge: string | undefined,
  error: string,
  description: string,
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...(challenge === undefined ? {} : { "www-authenticate": challenge }),
  });
  response.end(JSON.stringify({ error, error_description: description }));
}
