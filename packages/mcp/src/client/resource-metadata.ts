import { AuthenticationError } from "@entrada/core";
import type { FetchLike } from "./fetch-like.ts";

/** The members of a protected resource's metadata that are used here, spelled as in RFC 9728, section 2. */
export interface ResourceMetadata {
  readonly resource: string;
  readonly scopes_supported: readonly string[];
}

export interface ReadResourceMetadataOptions {
  readonly server: URL;
  readonly fetch: FetchLike;
  /** Where the server said that it is. */
  readonly location: string | undefined;
  readonly signal: AbortSignal | undefined;
}

const LONGEST_DOCUMENT = 100_000;

/**
 * Reads what the server says of itself (RFC 9728, section 3). It is asked on its own origin only, and must describe the
 * very server that was asked (section 3.3).
 * @throws AuthenticationError `invalid_response` where there is none that can be believed.
 */
export async function readResourceMetadata(options: ReadResourceMetadataOptions): Promise<ResourceMetadata> {
  const { server, fetch, signal } = options;
  let response: Response | undefined;
  for (const url of placesOf(options)) {
    response = await fetch(url, {
      headers: { accept: "application/json" },
      redirect: "manual",
      ...(signal ? { signal } : {}),
    });
    if (response.status === 200) break;
    await response.body?.cancel();
  }
  if (response?.status !== 200)
    throw refused(`has no metadata of a protected resource (HTTP ${response?.status})`);
  const json = parsed(await response.text());
  if (typeof json?.["resource"] !== "string" || !describes(json["resource"], server)) {
    throw refused("has metadata of another resource");
  }
  const scopes = json["scopes_supported"];
  return {
    resource: json["resource"],
    scopes_supported: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === "string") : [],
  };
}

/** Where the server says that it is; else the place of its path, then that of its host, as for clients of the SDK. */
function placesOf({ server, location }: ReadResourceMetadataOptions): readonly URL[] {
  if (location !== undefined) {
    const url = URL.canParse(location, server.href) ? new URL(location, server) : undefined;
    if (url?.origin === server.origin) return [url];
    throw refused("names another origin as the place of its metadata");
  }
  const paths = server.pathname === "/" ? [""] : [server.pathname, ""];
  return paths.map((path) => new URL(`/.well-known/oauth-protected-resource${path}`, server));
}

function parsed(text: string): Record<string, unknown> | undefined {
  if (text.length > LONGEST_DOCUMENT) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    // No JSON: no metadata.
    return undefined;
  }
}

/** The server, or a path above it. */
function describes(resource: string, server: URL): boolean {
  if (!URL.canParse(resource)) return false;
  const { origin, pathname } = new URL(resource);
  const folder = pathname.endsWith("/") ? pathname : `${pathname}/`;
  return origin === server.origin && `${server.pathname}/`.replace(/\/\/$/, "/").startsWith(folder);
}

function refused(why: string): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail: "resource_metadata",
    what: `The MCP server asks for a token and ${why}`,
    remedy: 'Name the scopes yourself: withEntra({ scopes: "api://<application id>/.default", ... })',
  });
}
