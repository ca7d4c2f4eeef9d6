import { AuthenticationError } from "@entrada/core";
import type { ResourceMetadata } from "./resource-metadata.ts";

export interface AskedScopesOptions {
  readonly server: URL;
  readonly metadata: ResourceMetadata;
  /** What the challenge names. */
  readonly wanted: readonly string[];
}

/**
 * The scopes to ask for where the caller named none: the server's own words, with "/.default" where it has none. Only a
 * resource on the server's host is taken on its word: a server that may name any resource would be handed a token of
 * any resource.
 * @throws AuthenticationError `unsupported`, detail "resource_not_trusted".
 */
export function askedScopes({ server, metadata, wanted }: AskedScopesOptions): readonly string[] {
  const named = (wanted.length > 0 ? wanted : metadata.scopes_supported).filter(Boolean);
  const resource = metadata.resource.replace(/\/$/, "");
  const scopes =
    named.length === 0
      ? [`${resource}/.default`]
      : named.map((scope) => (scope.includes("/") ? scope : `${resource}/${scope}`));
  const foreign = scopes.find((scope) => !URL.canParse(scope) || new URL(scope).host !== server.host);
  if (foreign === undefined) return scopes;
  const shown = foreign.replaceAll(/[^\x21-\x7e]/g, "?").slice(0, 200);
  throw new AuthenticationError({
    code: "unsupported",
    detail: "resource_not_trusted",
    what: `The MCP server at ${server.origin} asks for a token of ${shown}, which is not on its own host`,
    remedy: `If it is to have that token, say so: withEntra({ scopes: ${JSON.stringify(shown)}, ... })`,
  });
}
