import type { TokenCredential } from "@entrada/core";
import { check, invalidOption, type KnownNames } from "@entrada/core/credential";
import { areOfOneResource } from "../full-scope.ts";
import type { FetchLike } from "./fetch-like.ts";
import { checkServerUrl } from "./server-url.ts";
import { readRefusal, wishOf, type Wish } from "./refusal.ts";
import { ServerAccess } from "./server-access.ts";

export interface WithEntraOptions {
  /** Who signs in: any credential of Entrada, or of an Azure SDK. */
  credential: TokenCredential;
  /**
   * The URL of the MCP server, as its transport has it. No token leaves for any other origin.
   */
  serverUrl: string | URL;
  /**
   * The scopes to ask for, such as "api://<application id>/.default". Without them the server's own metadata
   * (RFC 9728) is asked, and only a resource on the server's own host is believed.
   * @defaultValue what the server's metadata names
   */
  scopes?: string | readonly string[] | undefined;
  /** The tenant to ask for tokens of. @defaultValue the credential's */
  tenantId?: string | undefined;
}

const OPTIONS: KnownNames<WithEntraOptions> = {
  credential: true,
  serverUrl: true,
  scopes: true,
  tenantId: true,
};

/**
 * Signs an MCP client in with Entra ID: a middleware for the `fetch` of a transport. There is no registration of
 * clients, because Entra has none: the credential's own client id is used.
 *
 * A 401 that asks for claims (a second factor, a compliant device) and a 403 that asks for a further scope are answered
 * once each in a request, by a token that has them, which may ask the person; the request is then sent again. Where the
 * server asks for claims of a token that has them, nobody is asked again for 30 s. One credential signs in once, for any
 * number of clients.
 *
 * Sources: Model Context Protocol, "Authorization"; RFC 9728; Microsoft identity platform, "Claims challenges, claims
 * requests and client capabilities".
 * @throws TypeError, with a `code`, that names the wrong option.
 *
 * @example
 * ```ts
 * import { InteractiveBrowserCredential } from "@entrada/core";
 * import { withEntra } from "@entrada/mcp";
 * import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
 *
 * const serverUrl = new URL("https://tools.contoso.com/mcp");
 * const entra = withEntra({
 *   credential: new InteractiveBrowserCredential(),
 *   serverUrl,
 *   scopes: "api://00001111-aaaa-2222-bbbb-3333cccc4444/.default",
 * });
 * const transport = new StreamableHTTPClientTransport(serverUrl, { fetch: entra(fetch) });
 * ```
 */
export function withEntra(options: WithEntraOptions): (next: FetchLike) => FetchLike {
  checkOptions(options);
  const server = checkServerUrl(options.serverUrl);
  return (next) => {
    const access = new ServerAccess({ ...options, server, fetch: next });
    return (url, init = {}) => send(next, access, url, init);
  };
}

async function send(
  next: FetchLike,
  access: ServerAccess,
  url: string | URL,
  init: RequestInit,
): Promise<Response> {
  if (!access.isFor(url)) return next(url, init);
  const answered = new Set<Wish>();
  let claims: string | undefined;
  for (;;) {
    const had = access.scopes;
    const request = await access.authorized(init, claims);
    const response = await next(url, request);
    // What was read as a stream cannot be sent a second time.
    if (init.body instanceof ReadableStream || (response.status !== 401 && response.status !== 403))
      return response;
    const refusal = readRefusal(response);
    const wish = wishOf(refusal, request !== init);
    if (wish === "claims" && answered.has(wish)) access.rest();
    if (wish === undefined || answered.has(wish)) return response;
    if (!(await access.canFulfil(wish, refusal, { had, signal: init.signal ?? undefined }))) return response;
    answered.add(wish);
    claims = refusal.claims ?? claims;
    await response.body?.cancel();
  }
}

function checkOptions(options: WithEntraOptions): void {
  check.names("options", options, OPTIONS);
  if (typeof options.credential?.getToken !== "function") {
    throw invalidOption("credential", "a credential: an object with the method getToken", options.credential);
  }
  const scopes = options.scopes === undefined ? undefined : [options.scopes].flat();
  const isScope = (scope: unknown): boolean => typeof scope === "string" && /^[\x21-\x7e]+$/.test(scope);
  if (scopes !== undefined && !(scopes.length > 0 && scopes.every(isScope) && areOfOneResource(scopes)))
    throw invalidOption("scopes", "a scope, or an array of scopes of one resource", options.scopes);
  const { tenantId } = options;
  if (tenantId !== undefined && !(typeof tenantId === "string" && /^[\w.-]+$/.test(tenantId)))
    throw invalidOption("tenantId", "the id or a domain of a tenant", tenantId);
}
