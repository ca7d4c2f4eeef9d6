/** One HTTP request. Header names are lower case. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH";
  /** Always https. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request at once: the socket is destroyed, nothing is awaited. */
  readonly signal: AbortSignal;
  /**
   * Ask for a connection that no earlier request used. A kept-alive connection may be dead without anybody knowing,
   * and a request that must never be sent twice cannot afford to find out.
   * @defaultValue false
   */
  readonly freshConnection?: boolean;
  /** Nobody waits for the answer: the connection must not keep the process alive. @defaultValue false */
  readonly background?: boolean;
}

/** A whole answer, of whatever status. */
export interface HttpAnswer {
  readonly status: number;
  /** The header's value, or `undefined`. `name` is compared without case. */
  header(name: string): string | undefined;
  /** Inflated. */
  readonly body: Uint8Array;
}

/**
 * One request, once: no retry, no redirect followed, at most {@link LONGEST_BODY} bytes of answer, counted after
 * inflating.
 * @throws HttpTransportError when no acceptable answer came.
 */
export type HttpTransport = (request: HttpRequest) => Promise<HttpAnswer>;

/** The longest body that is read, in bytes: 1 MiB. */
export const LONGEST_BODY = 1_048_576;

/** What kept a request from being answered. */
export type TransportFault =
  | "connect_failed"
  | "connect_timeout"
  | "permission_denied"
  | "tls_failed"
  | "proxy_invalid"
  | "proxy_refused"
  | "connection_lost"
  | "response_too_large"
  | "malformed_response";

export interface HttpTransportErrorInit {
  /** Whether any byte of the request may have reached the server. */
  readonly sent: boolean;
  /** The platform's own error. */
  readonly cause?: unknown;
  /** A short code, such as a proxy's status. Default: the one of `cause`. */
  readonly code?: string | undefined;
  /** The proxy in use, as host and port, without its credentials. */
  readonly proxy?: string | undefined;
}

/** No acceptable answer. `cause` is the platform's own error, with its `code`. */
export class HttpTransportError extends Error {
  override name = "HttpTransportError";
  readonly fault: TransportFault;
  readonly sent: boolean;
  /** The platform's code, such as "ECONNRESET", when there is one. */
  declare readonly code?: string;
  declare readonly proxy?: string;

  constructor(fault: TransportFault, message: string, init: HttpTransportErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.fault = fault;
    this.sent = init.sent;
    const code = init.code ?? codeOf(init.cause);
    if (code !== undefined) this.code = code;
    if (init.proxy !== undefined) this.proxy = init.proxy;
  }
}

/** The platform's code of an error, looked for along its causes. */
export function codeOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth += 1) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === "string") return code;
    current = cause;
  }
  return undefined;
}
