import type { ClientRequest, IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { HttpTransportError, codeOf } from "./http-transport.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "./http-transport.ts";
import { HttpsConnections, type Route } from "./https-connections.ts";
import type { ProxyEnvironment } from "./proxy-environment.ts";
import { readBody } from "./read-body.ts";
import { isUnknownIssuer, transportFault } from "./transport-fault.ts";

export interface NodeHttpsTransportOptions {
  /** Where HTTPS_PROXY and NO_PROXY are read, at each request. @defaultValue process.env */
  env?: ProxyEnvironment;
  /** The time for a connection, proxy and TLS included, in ms. @defaultValue 10_000 */
  connectTimeoutInMs?: number;
  /** Certificate authorities (PEM) instead of Node's and the system's. */
  ca?: string | readonly string[];
  /** The certificate authorities of the system (PEM). @defaultValue tls.getCACertificates("system"), if Node has it */
  systemAuthorities?: () => readonly string[];
  clock?: Clock;
}

/** A transport that keeps connections for the next request; `close` drops them. */
export interface NodeHttpsTransport extends HttpTransport {
  close(): void;
}

// The HTTP parser's own default, said here so that no command line flag raises it.
const LONGEST_HEADER = 16_384;

/**
 * The default transport, over node:https, which is loaded at the first request. Connections are kept for the next
 * request but never keep the process alive. Node's certificate authorities are used (NODE_EXTRA_CA_CERTS and
 * `tls.setDefaultCACertificates` included); when they do not know an issuer, the system's are asked as well.
 */
export function nodeHttpsTransport(options: NodeHttpsTransportOptions = {}): NodeHttpsTransport {
  let connections: HttpsConnections | undefined;
  const transport = async (request: HttpRequest): Promise<HttpAnswer> => {
    connections ??= new HttpsConnections(options);
    try {
      return await withLiveConnection(request, connections, options);
    } catch (error) {
      // The request was not sent: the certificate is checked before.
      if (!isUnknownIssuer(codeOf(error)) || !connections.trustSystem()) throw error;
      return withLiveConnection(request, connections, options);
    }
  };
  return Object.assign(transport, { close: () => connections?.dropIdle() });
}

/** A kept connection that was dead all along says nothing about the server: one more try, on a new one. */
async function withLiveConnection(
  request: HttpRequest,
  connections: HttpsConnections,
  options: NodeHttpsTransportOptions,
): Promise<HttpAnswer> {
  if (request.freshConnection === true) connections.dropIdle();
  try {
    return await exchange(request, connections, options);
  } catch (error) {
    if (!(error instanceof DeadConnection)) throw error;
    connections.dropIdle();
    return exchange(request, connections, options);
  }
}

class DeadConnection extends HttpTransportError {}

async function exchange(
  request: HttpRequest,
  connections: HttpsConnections,
  options: NodeHttpsTransportOptions,
): Promise<HttpAnswer> {
  throwIfAborted(request.signal);
  const url = new URL(request.url);
  const connecting = new AbortController();
  const route = connections.routeTo(url, connecting.signal);
  const sent = connections.https.request(url, {
    ...route.options,
    method: request.method,
    headers: headersOf(request),
    maxHeaderSize: LONGEST_HEADER,
  });
  const leave = (): void => {
    connecting.abort();
    sent.destroy(new AbortError(request.signal));
  };
  request.signal.addEventListener("abort", leave, { once: true });
  try {
    const answer = await answerTo(sent, request, route, connecting, options);
    return {
      status: answer.statusCode ?? 0,
      header: (name) => headerOf(answer, name),
      body: await readBody(answer),
    };
  } catch (error) {
    throwIfAborted(request.signal);
    throw error;
  } finally {
    request.signal.removeEventListener("abort", leave);
  }
}

function answerTo(
  sent: ClientRequest,
  request: HttpRequest,
  route: Route,
  connecting: AbortController,
  options: NodeHttpsTransportOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const limit = (options.clock ?? systemClock).after(options.connectTimeoutInMs ?? 10_000, () => {
      const { proxy } = route;
      reject(new HttpTransportError("connect_timeout", "No connection in time", { sent: false, proxy }));
      connecting.abort();
      sent.destroy();
    });
    const onConnected = (): void => {
      connected = true;
      limit.cancel();
    };
    sent.once("socket", (socket: TLSSocket) => {
      if (request.background === true) socket.unref();
      if (sent.reusedSocket) onConnected();
      else socket.once("secureConnect", onConnected);
    });
    sent.once("response", resolve);
    // Without a listener Node ends the connection and says nothing.
    sent.once("upgrade", (_answer, socket) => {
      socket.destroy();
      reject(new HttpTransportError("malformed_response", "The answer changes the protocol", { sent: true }));
    });
    sent.on("error", (error) => {
      limit.cancel();
      const fault = transportFault(error, connected);
      reject(sent.reusedSocket && fault.fault === "connection_lost" ? dead(fault) : fault);
    });
    sent.end(request.body);
  });
}

function dead(fault: HttpTransportError): DeadConnection {
  return new DeadConnection(fault.fault, fault.message, { sent: true, cause: fault.cause });
}

function headersOf(request: HttpRequest): Record<string, string | number> {
  return {
    "accept-encoding": "gzip, deflate, br",
    ...request.headers,
    ...(request.body === undefined ? {} : { "content-length": Buffer.byteLength(request.body) }),
  };
}

function headerOf(answer: IncomingMessage, name: string): string | undefined {
  const value = answer.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : value;
}
