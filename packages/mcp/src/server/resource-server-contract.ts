import type { IncomingMessage, ServerResponse } from "node:http";
import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";
import type { EntraTokenVerifierOptions } from "./entra-token-verifier-options.ts";
import type { TokenVerifier } from "./token-verifier.ts";

/** What an MCP server is, and whom it lets in. */
export interface EntraResourceServerOptions extends EntraTokenVerifierOptions {
  /** The URL of the MCP server, as clients have it. */
  resource: string | URL;
  /** The scopes that a client needs, in full: "api://<application id>/Tools.Use". */
  scopes: string | readonly string[];
  /**
   * Authentication contexts that a token must have (`acrs`), such as "c1": one that has them not is answered with a
   * claims challenge, and the person is asked for what the context demands.
   * @defaultValue none
   */
  authenticationContexts?: string[] | undefined;
  /** The name of the server for people. */
  resourceName?: string | undefined;
}

/** The members of RFC 9728, section 2, that are served. */
export interface ResourceMetadataDocument {
  readonly resource: string;
  readonly authorization_servers: readonly string[];
  readonly scopes_supported: readonly string[];
  readonly bearer_methods_supported: readonly ["header"];
  readonly resource_name?: string;
}

export type NextFunction = (error?: unknown) => void;

/** The server half of signing in: two handlers for Express, or for a server of `node:http`. */
export interface EntraResourceServer {
  readonly verifier: TokenVerifier;
  readonly metadata: ResourceMetadataDocument;
  /** Where the metadata is served. */
  readonly metadataUrl: URL;
  /** Serves the metadata (RFC 9728); everything else goes to `next`. */
  serveMetadata(request: IncomingMessage, response: ServerResponse, next?: NextFunction): void;
  /** Lets a request with a good token pass to `next`, with `request.auth`; answers 401 or 403 to all others. */
  requireToken(
    request: IncomingMessage & { auth?: AuthInfo },
    response: ServerResponse,
    next: NextFunction,
  ): Promise<void>;
}
