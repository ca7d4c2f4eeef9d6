import type { TokenCredential } from "@entrada/core";
import { askedScopes } from "./asked-scopes.ts";
import { readResourceMetadata } from "./resource-metadata.ts";
import { readFullScope } from "../full-scope.ts";
import type { FetchLike } from "./fetch-like.ts";
import type { Refusal, Wish } from "./refusal.ts";

export interface ServerAccessOptions {
  readonly credential: TokenCredential;
  readonly server: URL;
  readonly scopes?: string | readonly string[] | undefined;
  readonly tenantId?: string | undefined;
  readonly fetch: FetchLike;
}

/** What a request had when it was refused. */
export interface RefusedRequest {
  readonly had: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
}

const REST_IN_MS = 30_000;

/** What one MCP server is sent: a token for its scopes, once these are known, and nothing to anybody else. */
export class ServerAccess {
  readonly #options: ServerAccessOptions;
  #scopes: readonly string[] | undefined;
  /** Until when nobody is asked for what a server wants more. */
  #restsUntil = 0;

  constructor(options: ServerAccessOptions) {
    this.#options = options;
    this.#scopes = options.scopes === undefined ? undefined : [options.scopes].flat();
  }

  /** What tokens are asked for now. */
  get scopes(): readonly string[] | undefined {
    return this.#scopes;
  }

  /** Answers no claims for a while: the server has asked for them of a token that has them. */
  rest(): void {
    this.#restsUntil = Date.now() + REST_IN_MS;
  }

  /** Whether a request goes to the server itself. */
  isFor(url: string | URL): boolean {
    return new URL(url, this.#options.server).origin === this.#options.server.origin;
  }

  /** A request with a token; the very one where nobody has said yet which token the server takes. */
  async authorized(init: RequestInit, claims: string | undefined): Promise<RequestInit> {
    if (this.#scopes === undefined) return init;
    const { credential, tenantId } = this.#options;
    const answer = await credential.getToken([...this.#scopes], {
      enableCae: true,
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(claims === undefined ? {} : { claims }),
      ...(init.signal ? { abortSignal: init.signal } : {}),
    });
    // A chain of somebody else's credentials may say so of itself.
    if (answer === null) throw new TypeError("The credential gave no token.");
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${answer.token}`);
    return { ...init, headers };
  }

  /** Whether a further try would carry what is asked for. Learns the scopes from the refusal. */
  async canFulfil(
    wish: Wish,
    { scopes = [], metadata: location }: Refusal,
    { had, signal }: RefusedRequest,
  ): Promise<boolean> {
    if (wish === "claims") return Date.now() >= this.#restsUntil;
    // Another request may have learned meanwhile what this one did not have.
    if (wish === "scope") return this.#add(scopes, had);
    if (this.#scopes !== undefined) return true;
    const { server, fetch } = this.#options;
    const metadata = await readResourceMetadata({ server, fetch, location, signal });
    this.#scopes = askedScopes({ server, metadata, wanted: scopes });
    return true;
  }

  /** Adds scopes of the resource that tokens are asked for already. Whether there are any that the request had not. */
  #add(wanted: readonly string[], had: readonly string[] = []): boolean {
    const known = this.#scopes ?? [];
    const resource = readFullScope(known[0])?.resource;
    const named = wanted.map((scope) =>
      scope.includes("/") || resource === undefined ? scope : `${resource}/${scope}`,
    );
    // Another resource is none of the server's business.
    if (named.some((scope) => readFullScope(scope)?.resource !== resource)) return false;
    const added = named.filter((scope) => !known.includes(scope));
    // Entra takes ".default" alone, or scopes by their names.
    if (added.length > 0) this.#scopes = [...known.filter((scope) => !scope.endsWith("/.default")), ...added];
    return named.some((scope) => !had.includes(scope));
  }
}
