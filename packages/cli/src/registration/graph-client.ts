import { AuthenticationError } from "@entrada/core/credential";
import type { HttpAnswer, NodeHttpsTransport } from "@entrada/core/http";
import type { Graph } from "./graph.ts";
import { registrationIn, type Registration } from "./registration.ts";

const SELECTED = "id,appId,displayName,isFallbackPublicClient,publicClient,web,spa";
const LONGEST_IN_MS = 30_000;

/** Reads and changes app registrations through Microsoft Graph, with a token of the person. */
export class GraphClient {
  readonly #graph: Graph;
  readonly #token: string;
  readonly #transport: NodeHttpsTransport;
  readonly #signal: AbortSignal;

  constructor(graph: Graph, token: string, transport: NodeHttpsTransport, signal: AbortSignal) {
    this.#graph = graph;
    this.#token = token;
    this.#transport = transport;
    this.#signal = signal;
  }

  /** The registration of a client id, or undefined where this tenant has none. */
  async registration(clientId: string): Promise<Registration | undefined> {
    const query = new URLSearchParams({ $filter: `appId eq '${clientId}'`, $select: SELECTED });
    const answer = await this.#send("GET", `/v1.0/applications?${query.toString()}`);
    if (answer.status !== 200) throw refused(answer);
    const { value } = objectIn(answer);
    return registrationIn(Array.isArray(value) ? value[0] : undefined);
  }

  /** @param change - members of Graph's type `application` */
  async change(id: string, change: object): Promise<void> {
    const answer = await this.#send("PATCH", `/v1.0/applications/${encodeURIComponent(id)}`, change);
    if (answer.status !== 204) throw refused(answer);
  }

  async #send(method: "GET" | "PATCH", path: string, body?: object): Promise<HttpAnswer> {
    try {
      return await this.#transport({
        method,
        url: `${this.#graph.origin}${path}`,
        headers: {
          authorization: `Bearer ${this.#token}`,
          accept: "application/json",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(LONGEST_IN_MS)]),
      });
    } catch (error) {
      if (this.#signal.aborted) throw error;
      throw new AuthenticationError({
        code: "network",
        what: "Microsoft Graph could not be reached",
        remedy: "Check the network and the proxy: entrada doctor",
        retryable: true,
        cause: error,
      });
    }
  }
}

function refused(answer: HttpAnswer): AuthenticationError {
  const { error } = objectIn(answer) as { readonly error?: { readonly code?: unknown } };
  const code = typeof error?.code === "string" && /^\w{1,80}$/.test(error.code) ? ` ${error.code}` : "";
  return new AuthenticationError({
    code: answer.status === 401 || answer.status === 403 ? "access_denied" : "service",
    what: `Microsoft Graph refused (HTTP ${answer.status}${code})`,
    remedy:
      answer.status === 403
        ? "Sign in as an owner of the app registration, with consent to Application.ReadWrite.All"
        : "Try again later",
  });
}

function objectIn({ body }: HttpAnswer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // No JSON: told by the caller.
  }
}
