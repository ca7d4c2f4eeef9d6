import type { InteractiveCredential } from "@entrada/core";
import { bearerParameter } from "@entrada/core/challenge";
import { askedScopes } from "./asked-scopes.ts";
import { readResourceMetadata } from "./resource-metadata.ts";
import type { FetchLike } from "./fetch-like.ts";

export interface ServerAccessOptions {
  readonly credential: Pick<InteractiveCredential, "getToken">;
  readonly server: URL;
  readonly scopes?: string | string[] | undefined;
  readonly tenantId?: string | undefined;
  readonly fetch: FetchLike;
}

/** What one MCP server is sent: a token for its scopes, once these are known, and nothing to anybody else. */
export class ServerAccess {
  readonly #options: ServerAccessOptions;
  #scopes: readonly string[] | undefined;

  constructor(options: ServerAccessOptions) {
    this.#options = options;
    this.#scopes = options.scopes === undefined ? undefined : [options.scopes].flat();
  }

  /** Whether a request goes to the server itself. */
  isFor(url: string | URL): boolean {
    return new URL(url, this.#options.server).origin === this.#options.server.origin;
  }

  /** The request with a token; as it is where nobody has said yet which token the server takes. */
  async authorized(init: RequestInit, { claims }: { readonly claims?: string }): Promise<RequestInit> {
    if (this.#scopes === undefined) return init;
    const { credential, tenantId } = this.#options;
    const { token } = await credential.getToken([...this.#scopes], {
      enableCae: true,
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(claims === undefined ? {} : { claims }),
      ...(init.signal ? { abortSignal: init.signal } : {}),
    });
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${token}`);
    return { ...init, headers };
  }

  /** Whether a further try would carry what a refusal asks for. Learns the scopes from it. */
  async canAnswer(
    status: number,
    header: string | null,
    claims: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    if (claims !== undefined) return this.#scopes !== undefined;
    const wanted = bearerParameter(header, "scope");
    if (status === 403) {
      if (bearerParameter(header, "error") !== "insufficient_scope" || wanted === undefined) return false;
      return this.#add(wanted.split(" "));
    }
    // A token was there and was refused: another one of the same kind would be, too.
    if (this.#scopes !== undefined) return false;
    const { server, fetch } = this.#options;
    const metadata = await readResourceMetadata({
      server,
      fetch,
      location: bearerParameter(header, "resource_metadata"),
      signal,
    });
    this.#scopes = askedScopes({ server, metadata, wanted: wanted?.split(" ") });
    return true;
  }

  /** Adds scopes of the resource that tokens are asked for already. */
  #add(wanted: readonly string[]): boolean {
    const known = this.#scopes ?? [];
    const resource = resourceOf(known[0]);
    const added = wanted
      .map((scope) => (scope.includes("/") || resource === undefined ? scope : `${resource}/${scope}`))
      .filter((scope) => !known.includes(scope));
    // Another resource is none of the server's business.
    if (added.length === 0 || added.some((scope) => resourceOf(scope) !== resource)) return false;
    // Entra takes ".default" alone, or scopes by their names.
    this.#scopes = [...known.filter((scope) => !scope.endsWith("/.default")), ...added];
    return true;
  }
}

function resourceOf(scope: string | undefined): string | undefined {
  const end = scope?.lastIndexOf("/") ?? -1;
  return end > 0 ? scope?.slice(0, end).toLowerCase() : undefined;
}
